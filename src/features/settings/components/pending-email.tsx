import { Button } from "@/shared/ui/button";
import { Notice } from "@/shared/ui/notice";
import { useResendEmailChange } from "../hooks/use-security";

/** A change that waits for the mailboxes. */
export function PendingEmail({ email, newEmail }: { email: string; newEmail: string }) {
  const { mutate: resend, isPending, isSuccess, error } = useResendEmailChange();
  return (
    <div className="space-y-3 rounded-control border border-line bg-sunken p-3">
      <p className="wrap-anywhere">
        <b className="font-medium">Waiting for {newEmail}</b>
        <span className="block text-ink-2">
          Open the links in the mails to {email} and to {newEmail}. Until both are confirmed nothing changes.
        </span>
      </p>
      {error && <Notice>{error.message}</Notice>}
      {isSuccess && !isPending && <Notice tone="info">We have sent both mails again.</Notice>}
      <Button onClick={() => resend(email)} busy={isPending}>
        Send both mails again
      </Button>
    </div>
  );
}
