import { useQuery } from "@tanstack/react-query";
import { catalogueQuery, type Role, scopeChanges } from "@/features/roles";

/** What somebody gains and loses with another role, in the catalogue's words. */
export function RoleDifference({ from, to }: { from: Role; to: Role }) {
  const { data: catalogue = [] } = useQuery(catalogueQuery());
  const labels = new Map(catalogue.map(({ key, label }) => [key, label]));
  const nameOf = (permission: string) => labels.get(permission) ?? permission;
  const changes = scopeChanges(from.scopes, to.scopes);
  const gained = changes.filter((change) => change.to === "all" || change.from === "none");
  const lost = changes.filter((change) => !gained.includes(change));
  return (
    <dl className="grid gap-3 rounded-control bg-sunken p-3 sm:grid-cols-2">
      <Rights
        name="Gains"
        list={gained.map((change) => `${nameOf(change.permission)}${change.to === "own" ? " (own only)" : ""}`)}
      />
      <Rights
        name="Loses"
        list={lost.map((change) => `${nameOf(change.permission)}${change.to === "own" ? " (except own)" : ""}`)}
      />
    </dl>
  );
}

function Rights({ name, list }: { name: string; list: string[] }) {
  return (
    <div className="min-w-0">
      <dt className="text-small font-medium text-ink-2">{name}</dt>
      <dd>{list.length === 0 ? <span className="text-ink-2">Nothing</span> : list.join(", ")}</dd>
    </div>
  );
}
