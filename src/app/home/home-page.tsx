import { useQuery } from "@tanstack/react-query";
import { OrganizationMark, useActiveOrganization } from "@/features/organizations";
import { myProfileQuery } from "@/features/profile";
import { usePageTitle } from "@/shared/lib/page-title";
import { Pill } from "@/shared/ui/pill";
import { Skeleton } from "@/shared/ui/skeleton";
import { navigation, navigationFor } from "../navigation";
import { OrganizationFacts } from "./organization-facts";
import { PlaceCard } from "./place-card";

export function HomePage() {
  usePageTitle("Home");
  const { organization, can } = useActiveOrganization();
  const { data: profile, isPending } = useQuery(myProfileQuery());
  const groups = navigationFor(navigation, can, true)
    .map(({ label, items }) => ({ label, items: items.filter(({ description }) => description) }))
    .filter(({ items }) => items.length > 0);
  return (
    <div className="mx-auto max-w-4xl space-y-7 py-3 max-sm:space-y-6 max-sm:py-1">
      <header className="flex items-center gap-4">
        <OrganizationMark organization={organization} size="large" />
        <div className="min-w-0 flex-1 space-y-0.5">
          <h1 className="wrap-anywhere">
            {isPending ? (
              <span className="flex h-7 items-center">
                <span className="sr-only">Welcome</span>
                <Skeleton className="h-5 w-56" />
              </span>
            ) : (
              <>
                Welcome{profile && ", "}
                <bdi>{profile?.displayName}</bdi>
              </>
            )}
          </h1>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-2">
            <bdi className="wrap-anywhere">{organization.name}</bdi>
            <Pill tone="mute" dot={false}>
              {organization.roleName}
            </Pill>
          </p>
        </div>
      </header>
      <OrganizationFacts />
      {groups.map(({ label, items }) => (
        <section key={label ?? ""} aria-label={label ?? "Start"} className="space-y-2">
          {label && <h2>{label}</h2>}
          <ul className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
            {items.map((item) => (
              <PlaceCard key={item.path} item={item} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
