import type { Preview } from "../types";

const MOST = 4;

/** What saving would change, whom it reaches and what it does to what is there. */
export function ChangeSummary({ preview }: { preview: Preview }) {
  const { changes, inheriting, effects } = preview;
  const shown = changes.length > MOST ? changes.slice(0, MOST - 1) : changes;
  return (
    <ul className="list-disc space-y-0.5 ps-4">
      {shown.map((change) => (
        <li key={`${change.kind}${change.path}${change.before}${change.after}`} className="wrap-anywhere">
          <ChangeInWords change={change} />
        </li>
      ))}
      {changes.length > shown.length && <li>and {changes.length - shown.length} more changes</li>}
      {effects.map(({ message }) => (
        <li key={message} className="font-medium text-warn">
          {message}
        </li>
      ))}
      {inheriting > 0 && (
        <li className="text-info">
          {inheriting === 1
            ? "One organization below takes this over."
            : `${inheriting} organizations below take this over.`}
        </li>
      )}
    </ul>
  );
}

function ChangeInWords({ change: { kind, label, before, after } }: { change: Preview["changes"][number] }) {
  if (kind === "added")
    return (
      <>
        <bdi>{after}</bdi> is added
      </>
    );
  if (kind === "removed")
    return (
      <>
        <bdi>{before}</bdi> is removed
      </>
    );
  if (kind === "moved")
    return (
      <>
        New order: <bdi>{after}</bdi>
      </>
    );
  return (
    <>
      {label}: <bdi className="text-ink-3 line-through">{before}</bdi> <bdi>{after}</bdi>
    </>
  );
}
