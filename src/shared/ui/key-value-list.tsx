import type { ReactNode } from "react";

interface KeyValueListProps {
  items: readonly {
    label: string;
    value: ReactNode;
    /** What is said of it besides. */
    aside?: ReactNode;
  }[];
}

/** Facts of one thing. What is not known is a dash, so that it is seen to be missing. */
export function KeyValueList({ items }: KeyValueListProps) {
  return (
    <dl className="grid grid-cols-[minmax(6rem,1fr)_minmax(0,2fr)] gap-x-4 gap-y-2">
      {items.map(({ label, value, aside }) => (
        <div key={label} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-ink-2">{label}</dt>
          <dd dir="auto" className="min-w-0 wrap-anywhere">
            {value === null || value === undefined || value === "" ? (
              <>
                <span aria-hidden="true" className="text-ink-3">
                  —
                </span>
                <span className="sr-only">not known</span>
              </>
            ) : (
              value
            )}
            {aside && (
              <>
                {" "}
                <span className="empty:hidden">{aside}</span>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
