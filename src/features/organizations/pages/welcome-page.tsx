import { RequireSession } from "@/features/auth";
import { usePageTitle } from "@/shared/lib/page-title";
import { paths } from "@/shared/lib/paths";
import { Link, useLocation, useNavigate } from "@/shared/lib/router";
import { Card } from "@/shared/ui/card";
import { ChevronLeft } from "@/shared/ui/icons";
import { Notice } from "@/shared/ui/notice";
import { CreateOrganizationForm } from "../components/create-organization-form";
import { OutsidePage } from "../components/outside-page";
import { ReceivedInvitations } from "../components/received-invitations";
import { useOrganizations } from "../hooks/use-organizations";

export function WelcomePage() {
  return (
    <RequireSession pending={null}>
      <Welcome />
    </RequireSession>
  );
}

/** For who belongs nowhere yet, and for who wants one more organization. */
function Welcome() {
  const { organization, isPending } = useOrganizations();
  usePageTitle(organization ? "Create organization" : "Welcome");
  const left = leftOf(useLocation().state);
  const navigate = useNavigate();
  const enter = () => void navigate(paths.home, { replace: true });
  if (isPending) return null;
  return (
    <OutsidePage
      back={
        organization && (
          <Link
            to={paths.home}
            className="inline-flex h-control items-center gap-1 rounded-control px-2 font-medium text-ink-2 hover:bg-hover hover:text-ink"
          >
            <ChevronLeft aria-hidden="true" className="size-4 rtl:rotate-180" />
            Back to <bdi className="max-w-40 truncate">{organization.name}</bdi>
          </Link>
        )
      }
    >
      <div className="space-y-5">
        {left && !organization && (
          <Notice tone="warn">
            Your membership of <bdi>{left}</bdi> has ended. If that is a mistake, ask an administrator there to let you
            in again.
          </Notice>
        )}
        <header className="space-y-1">
          <h1>{organization ? "Create an organization" : "Welcome to the partner workspace"}</h1>
          <p className="text-ink-2">
            {organization
              ? "It has its own people, roles, configuration and data; nothing of your other organizations is seen in it."
              : "There is nothing to see yet, because you do not belong to an organization. Accept an invitation, or create an organization of your own."}
          </p>
        </header>
        <ReceivedInvitations onEntered={enter} />
        <Card className="space-y-3 p-5">
          <div>
            <h2>A new organization</h2>
            <p className="text-ink-2">You become its administrator and can invite your colleagues.</p>
          </div>
          <CreateOrganizationForm onEntered={enter} />
        </Card>
      </div>
    </OutsidePage>
  );
}

function leftOf(state: unknown): string | null {
  return typeof state === "object" && state !== null && "left" in state && typeof state.left === "string"
    ? state.left
    : null;
}
