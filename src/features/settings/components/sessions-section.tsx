import { useQuery } from "@tanstack/react-query";
import { Button } from "@/shared/ui/button";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { ErrorState } from "@/shared/ui/error-state";
import { Section } from "@/shared/ui/section";
import { Skeleton } from "@/shared/ui/skeleton";
import { showToast } from "@/shared/ui/toast";
import { useSignOuts } from "../hooks/use-security";
import { sessionsQuery } from "../queries";
import { SessionRow } from "./session-row";

export function SessionsSection() {
  const { data: sessions, error, isFetching, refetch } = useQuery(sessionsQuery());
  const { signOutElsewhere, signOutEverywhere } = useSignOuts();
  const others = (sessions?.length ?? 0) - 1;

  async function leaveOthers() {
    await signOutElsewhere();
    showToast({ title: "You are signed out everywhere else", tone: "good" });
  }

  return (
    <Section
      title="Where you are signed in"
      description="End what you do not recognise, and change your password then."
      flush
    >
      {sessions ? (
        <>
          <ul>
            {sessions.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </ul>
          <div className="flex flex-wrap gap-2 border-t border-line px-4 py-3">
            {others > 0 && (
              <ConfirmDialog
                trigger={<Button>Sign out everywhere else</Button>}
                title="Sign out everywhere else?"
                description={`${others === 1 ? "One other session ends" : `${others} other sessions end`} at once. What was not saved there is lost. This device stays signed in.`}
                confirmLabel="Sign out everywhere else"
                onConfirm={leaveOthers}
              />
            )}
            <ConfirmDialog
              trigger={<Button>Sign out everywhere</Button>}
              title="Sign out everywhere?"
              description="All your sessions end at once, this one too. What was not saved is lost."
              confirmLabel="Sign out everywhere"
              tone="danger"
              onConfirm={signOutEverywhere}
            />
          </div>
        </>
      ) : error ? (
        <ErrorState
          title="Your sessions could not be read"
          message={error.message}
          retry={() => void refetch()}
          busy={isFetching}
        />
      ) : (
        <div role="status" className="space-y-3 px-4 py-4">
          <span className="sr-only">Reading your sessions</span>
          <Skeleton className="h-10" />
          <Skeleton className="h-10" />
        </div>
      )}
    </Section>
  );
}
