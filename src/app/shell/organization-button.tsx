import { OrganizationMark, useOrganizations } from "@/features/organizations";
import { Building2, ChevronsUpDown } from "@/shared/ui/icons";
import { Skeleton } from "@/shared/ui/skeleton";
import { lazyPart } from "../lazy-part";
import { MenuButton } from "./menu-button";

const menu = lazyPart(async () => (await import("./organization-menu")).OrganizationMenu);

/** Where the person works, and the way to another place. */
export function OrganizationButton({ isCollapsed = false }: { isCollapsed?: boolean }) {
  const { organization, isPending } = useOrganizations();
  const name = organization?.name ?? "No organization";
  if (isPending) return <Skeleton className={`h-10 max-sm:h-11 ${isCollapsed ? "w-10 max-sm:w-11" : "w-full"}`} />;
  return (
    <MenuButton
      menu={menu}
      look={{
        className: `flex h-10 shrink-0 items-center gap-2 rounded-control text-start font-semibold hover:bg-hover max-sm:h-11 ${isCollapsed ? "w-10 justify-center max-sm:w-11" : "w-full px-2"}`,
        children: (
          <>
            {organization ? (
              <OrganizationMark organization={organization} />
            ) : (
              <Building2 aria-hidden="true" className="size-5 shrink-0 text-ink-3" />
            )}
            <span className={isCollapsed ? "sr-only" : "min-w-0 flex-1 truncate"}>
              <span className="sr-only">Organization: </span>
              <bdi>{name}</bdi>
            </span>
            {!isCollapsed && <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-ink-3" />}
          </>
        ),
      }}
    />
  );
}
