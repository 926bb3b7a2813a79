import { usePageTitle } from "@/shared/lib/page-title";
import { Button } from "@/shared/ui/button";
import { CirclePause } from "@/shared/ui/icons";
import { useOrganizations } from "../hooks/use-organizations";
import type { Organization } from "../types";
import { GuardPage } from "./guard-page";

export function SuspendedOrganization({ organization }: { organization: Organization }) {
  usePageTitle("Suspended");
  const { organizations, switchTo, retry, isFetching } = useOrganizations();
  const others = organizations.filter((each) => each.isActive);
  return (
    <GuardPage Icon={CirclePause} title={`${organization.name} is suspended`}>
      <p>
        Nobody can read or change anything in it at the moment. Its data is kept. Whoever runs this platform can lift
        the suspension; your organization’s contact for the contract knows how to reach them.
      </p>
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        {others.map((each) => (
          <Button key={each.id} look="primary" onClick={() => switchTo(each.id)}>
            Switch to {each.name}
          </Button>
        ))}
        <Button onClick={retry} busy={isFetching}>
          Check again
        </Button>
      </div>
    </GuardPage>
  );
}
