import { Button } from "./button";
import { CircleAlert } from "./icons";

interface ErrorStateProps {
  title: string;
  message: string;
  retry?: () => void;
  busy?: boolean;
}

export function ErrorState({ title, message, retry, busy = false }: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col items-center gap-1 px-6 py-10 text-center">
      <CircleAlert aria-hidden="true" className="mb-2 size-6 text-bad" />
      <h2>{title}</h2>
      <p className="max-w-md text-ink-2">{message}</p>
      {retry && (
        <Button className="mt-3" onClick={retry} busy={busy}>
          Try again
        </Button>
      )}
    </div>
  );
}
