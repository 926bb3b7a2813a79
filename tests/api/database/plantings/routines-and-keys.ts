// Functions and foreign keys that break a rule.
import type { Planting } from "./planting.ts";

const probeFunction = (rest: string) => `create function ${rest} as 'select 1'`;

export const routineAndKeyPlantings: Planting[] = [
  [
    "a definer function that the API exposes",
    "definer-exposed",
    /^(public\.)?probe\(\)$/,
    probeFunction("public.probe() returns integer language sql security definer set search_path = ''"),
  ],
  [
    "a definer function elsewhere",
    "definer-misplaced",
    /^extensions\.probe\(\)|^probe\(\)$/,
    probeFunction("extensions.probe() returns integer language sql security definer set search_path = ''"),
  ],
  [
    "a function that anon may call",
    "callable-by-anyone",
    /probe\(\) \(anon\)$/,
    `${probeFunction("public.probe() returns integer language sql set search_path = ''")}; grant execute on function public.probe() to anon`,
  ],
  [
    "a function that everybody may call",
    "callable-by-anyone",
    /probe\(\) \(public\)$/,
    `${probeFunction("private.probe() returns integer language sql set search_path = ''")}; grant execute on function private.probe() to public`,
  ],
  [
    "a trigger function that clients may call",
    "trigger-function-callable",
    /probe\(\)$/,
    "create function private.probe() returns trigger language plpgsql set search_path = '' as 'begin return null; end'; grant execute on function private.probe() to authenticated",
  ],
  [
    "a function with the caller's search path",
    "search-path-open",
    /probe\(\)$/,
    probeFunction("private.probe() returns integer language sql"),
  ],
  [
    "a function with a search path that is not empty",
    "search-path-open",
    /probe\(\)$/,
    probeFunction("private.probe() returns integer language sql set search_path = public"),
  ],
  [
    "a trigger that loops over the rows before for each row after",
    "trigger-joins-by-loop",
    /probe\(\)$/,
    `create function private.probe() returns trigger language plpgsql set search_path = ''
     as 'begin perform from new_rows as n join old_rows as o on o.id = n.id; return null; end'`,
  ],

  [
    "a foreign key that crosses tenants",
    "key-crosses-tenants",
    /partner_tasks_cross on public\.partner_tasks/,
    "alter table public.partner_tasks add constraint partner_tasks_cross foreign key (partner_id) references public.partners (id) on delete cascade",
  ],
  [
    "a foreign key to itself that crosses tenants",
    "key-crosses-tenants",
    /partners_parent on public\.partners/,
    "alter table public.partners add parent_id uuid constraint partners_parent references public.partners (id) on delete cascade",
  ],
  [
    "a foreign key that clears the organization",
    "key-clears-tenant",
    /partner_tasks_clear on public\.partner_tasks/,
    "alter table public.partner_tasks add constraint partner_tasks_clear foreign key (organization_id, partner_id) references public.partners (organization_id, id) on delete set null",
  ],
  [
    "a foreign key without an index",
    "key-without-index",
    /partner_tasks_partner_fkey/,
    "drop index public.partner_tasks_organization_id_partner_id_idx",
  ],
  [
    "a foreign key whose index is partial",
    "key-without-index",
    /partner_tasks_partner_fkey/,
    "drop index public.partner_tasks_organization_id_partner_id_idx; create index part on public.partner_tasks (organization_id, partner_id) where title <> ''",
  ],
  [
    "a foreign key whose index begins with something else",
    "key-without-index",
    /partner_tasks_partner_fkey/,
    "drop index public.partner_tasks_organization_id_partner_id_idx; create index other on public.partner_tasks (title, organization_id, partner_id)",
  ],
];
