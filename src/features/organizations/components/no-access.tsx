import { useQuery } from "@tanstack/react-query";
import { usePageTitle } from "@/shared/lib/page-title";
import { paths } from "@/shared/lib/paths";
import type { Permission } from "@/shared/lib/permissions";
import { Link } from "@/shared/lib/router";
import { Lock } from "@/shared/ui/icons";
import { useActiveOrganization } from "../hooks/use-active-organization";
import { missingRightQuery } from "../queries";
import { GuardPage } from "./guard-page";

/** Which right is missing, and who can grant it. */
export function NoAccess({ permission }: { permission: Permission }) {
  usePageTitle("No access");
  const { organization } = useActiveOrganization();
  const { data } = useQuery(missingRightQuery(organization.id, permission));
  return (
    <GuardPage Icon={Lock} title="You have no access to this page">
      <p>
        It needs the right <strong className="font-semibold text-ink">{data?.label ?? permission}</strong>, which your
        role in {organization.name} ({organization.roleName}) does not include.
      </p>
      {data && data.administrators.length > 0 && (
        <div className="mx-auto mt-5 max-w-sm rounded-card border border-line bg-surface text-start shadow-low">
          <h2 className="px-4 pt-3 pb-1 text-ink">Who can grant it</h2>
          <ul className="px-4 pb-3">
            {data.administrators.map(({ id, name, email }) => (
              <li key={id} className="flex min-h-8 flex-wrap items-center gap-x-2">
                <bdi className="font-medium text-ink">{name}</bdi>
                {email && (
                  <a href={`mailto:${email}`} className="text-accent-text wrap-anywhere underline underline-offset-2">
                    {email}
                  </a>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      <p className="mt-5">
        <Link to={paths.home} className="font-medium text-accent-text underline underline-offset-2">
          Go to the start page
        </Link>
      </p>
    </GuardPage>
  );
}
