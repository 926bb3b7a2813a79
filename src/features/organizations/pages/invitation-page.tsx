import { RequireSession } from "@/features/auth";
import { usePageTitle } from "@/shared/lib/page-title";
import { paths } from "@/shared/lib/paths";
import { Link, useNavigate, useSearchParams } from "@/shared/lib/router";
import { Button } from "@/shared/ui/button";
import { Card } from "@/shared/ui/card";
import { Notice } from "@/shared/ui/notice";
import { OutsidePage } from "../components/outside-page";
import { useAcceptInvitation } from "../hooks/use-entering";
import { invitationSentence } from "../invitation-sentence";

/** Where the link of an invitation's mail leads. Who is not signed in comes back to it afterwards. */
export function InvitationPage() {
  usePageTitle("Invitation");
  return (
    <RequireSession pending={null}>
      <Invitation />
    </RequireSession>
  );
}

function Invitation() {
  const [search] = useSearchParams();
  const token = search.get("token")?.trim() ?? "";
  const { mutate, isPending, error } = useAcceptInvitation();
  const navigate = useNavigate();
  return (
    <OutsidePage>
      <Card className="space-y-4 p-6">
        <h1>You are invited to an organization</h1>
        {token === "" ? (
          <Notice>
            The link is not complete. Open it again from the mail, or copy the whole of it into the address line.
          </Notice>
        ) : (
          <>
            <p className="text-ink-2">
              When you accept, you become a member of it. Its members see your name and your e-mail address.
            </p>
            {error && <Notice>{invitationSentence(error)}</Notice>}
            <Button
              // What was refused is seldom granted the second time: the other ways out weigh as much then.
              look={error ? "secondary" : "primary"}
              busy={isPending}
              // Asked for, and not done by opening the link: programs that look at mails open links too.
              onClick={() => mutate(token, { onSuccess: () => void navigate(paths.home, { replace: true }) })}
            >
              {error ? "Try again" : "Accept the invitation"}
            </Button>
          </>
        )}
        <p className="text-ink-2">
          <Link to={paths.home} className="font-medium text-accent-text underline underline-offset-2">
            {error || token === "" ? "Go to the start page" : "Not now"}
          </Link>
        </p>
      </Card>
    </OutsidePage>
  );
}
