import { MessagePage } from "@/shared/ui/message-page";

/** Instead of a blank page: what is not set up, and how to set it. */
export function SetupProblems({ problems }: { problems: string[] }) {
  return (
    <MessagePage title="The app is not set up yet">
      <ul className="list-disc space-y-1 ps-5 text-ink-2">
        {problems.map((problem) => (
          <li key={problem} className="wrap-anywhere">
            {problem}
          </li>
        ))}
      </ul>
      <p className="text-ink-2">
        Set these values in <code>.env</code> beside <code>package.json</code> and start again. For the embedded stack
        no value is needed: <code>npm start</code> sets them.
      </p>
    </MessagePage>
  );
}
