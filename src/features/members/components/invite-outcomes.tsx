import { CircleAlert, CircleCheck, Link } from "@/shared/ui/icons";
import { Spinner } from "@/shared/ui/spinner";
import type { Outcome } from "../hooks/use-invite";
import { CopyLink } from "./copy-link";

/** What became of each address. */
export function InviteOutcomes({ outcomes }: { outcomes: Outcome[] }) {
  const done = outcomes.filter(({ state }) => state !== "waiting");
  const refused = done.filter(({ state }) => state === "refused").length;
  return (
    <div className={outcomes.length === 0 ? "sr-only" : "space-y-2"}>
      <p role="status" className="font-medium">
        {done.length > 0 && done.length === outcomes.length && summaryOf(done.length - refused, refused)}
      </p>
      {outcomes.length > 0 && (
        <ul aria-label="Outcomes" className="divide-y divide-line rounded-control border border-line">
          {outcomes.map((outcome) => (
            <li key={outcome.address} className="flex flex-wrap items-start gap-2.5 px-3 py-2">
              <Mark state={outcome.state} />
              <div className="min-w-0 flex-1 basis-40">
                <p className="font-medium wrap-anywhere">{outcome.address}</p>
                <p className="text-small text-ink-2">{wordsFor(outcome)}</p>
              </div>
              {outcome.link && <CopyLink link={outcome.link} address={outcome.address} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const marks = {
  sent: { Icon: CircleCheck, look: "text-good" },
  link: { Icon: Link, look: "text-warn" },
  refused: { Icon: CircleAlert, look: "text-bad" },
} as const;

function Mark({ state }: { state: Outcome["state"] }) {
  if (state === "waiting") return <Spinner className="mt-1 size-3.5" />;
  const { Icon, look } = marks[state];
  return <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${look}`} />;
}

function wordsFor({ state, reason }: Outcome): string {
  if (state === "waiting") return "Sending …";
  if (state === "sent") return "Invited; the mail is on its way.";
  if (state === "link") return "Invited, but the mail could not be sent. Copy the link and hand it over.";
  return reason ?? "Refused.";
}

function summaryOf(invited: number, refused: number): string {
  const sent = invited === 1 ? "1 person invited." : `${invited} people invited.`;
  if (refused === 0) return sent;
  const rest = refused === 1 ? "1 was refused and stays above." : `${refused} were refused and stay above.`;
  return invited === 0 ? rest : `${sent} ${rest}`;
}
