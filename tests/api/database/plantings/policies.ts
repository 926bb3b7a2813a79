// Policies and buckets that break a rule.
import type { Planting } from "./planting.ts";

const anyRow = "organization_id = any ((select private.organizations_where_i_can('read'))::uuid[])";
const probe = `create table public.probe (id uuid default gen_random_uuid() primary key, organization_id uuid not null, name text);
  alter table public.probe enable row level security;
  create policy select_member on public.probe for select to authenticated using (${anyRow});
  grant select on public.probe to authenticated;`;

export const policyPlantings: Planting[] = [
  [
    "a policy for everybody",
    "policy-not-to-authenticated",
    /select_all on public\.probe/,
    `${probe} create policy select_all on public.probe for select using (${anyRow})`,
  ],
  [
    "a policy for anon",
    "policy-not-to-authenticated",
    /select_all on public\.probe/,
    `${probe} create policy select_all on public.probe for select to anon, authenticated using (${anyRow})`,
  ],
  [
    "a policy for all commands",
    "policy-for-all",
    /everything on public\.probe/,
    `${probe} create policy everything on public.probe for all to authenticated using (${anyRow})`,
  ],
  [
    "a policy with another command's name",
    "policy-name",
    /select_it on public\.probe/,
    `${probe} create policy select_it on public.probe for delete to authenticated using (${anyRow})`,
  ],
  [
    "an update policy without a check",
    "policy-without-check",
    /update_member on public\.probe/,
    `${probe} create policy update_member on public.probe for update to authenticated using (${anyRow})`,
  ],
  [
    "a policy that is always true",
    "policy-ignores-row",
    /delete_member on public\.probe/,
    `${probe} create policy delete_member on public.probe for delete to authenticated using (true)`,
  ],
  [
    "a policy that asks only for being signed in",
    "policy-ignores-row",
    /delete_member on public\.probe/,
    `${probe} create policy delete_member on public.probe for delete to authenticated using ((select auth.uid()) is not null)`,
  ],
  [
    "a policy that asks only for the role",
    "policy-ignores-row",
    /delete_member on public\.probe/,
    `${probe} create policy delete_member on public.probe for delete to authenticated using (auth.role() = 'authenticated')`,
  ],
  [
    "a policy that asks only for some membership",
    "policy-ignores-row",
    /delete_member on public\.probe/,
    `${probe} create policy delete_member on public.probe for delete to authenticated using (exists (select from public.memberships as m where m.user_id = (select auth.uid())))`,
  ],
  [
    "an update that may end anywhere",
    "policy-ignores-row",
    /update_member on public\.probe/,
    `${probe} create policy update_member on public.probe for update to authenticated using (${anyRow}) with check (true)`,
  ],
  [
    "a live channel open to all who signed in",
    "policy-ignores-row",
    /insert_channel on realtime\.messages/,
    "create policy insert_channel on realtime.messages for insert to authenticated with check (true)",
  ],
  [
    "a name captured by a subquery",
    "policy-name-capture",
    /delete_member on public\.probe/,
    `${probe} create policy delete_member on public.probe for delete to authenticated using (exists (select from public.memberships as m where m.organization_id = organization_id and m.user_id = (select auth.uid())))`,
  ],
  [
    "a captured name behind a cast",
    "policy-name-capture",
    /delete_member on public\.probe/,
    `${probe} create policy delete_member on public.probe for delete to authenticated using (name <> '' and exists (select from public.memberships as m where m.role::varchar = role::varchar))`,
  ],
  [
    "a helper called for every row",
    "policy-call-per-row",
    /delete_member on public\.probe/,
    `${probe} create function private.is_member(uuid) returns boolean language sql stable set search_path = '' as 'select true'; create policy delete_member on public.probe for delete to authenticated using (private.is_member(organization_id))`,
  ],
  [
    "two policies for one command",
    "policies-add-up",
    /^probe|public\.probe \(select for authenticated\)/,
    `${probe} create policy select_owner on public.probe for select to authenticated using (${anyRow})`,
  ],
  [
    "a policy for all beside one for select",
    "policies-add-up",
    /probe \(select for authenticated\)/,
    `${probe} create policy everything on public.probe for all to authenticated using (${anyRow})`,
  ],
  [
    "a public bucket",
    "bucket-public",
    /^logos$/,
    "insert into storage.buckets (id, name, public) values ('logos', 'logos', true)",
  ],
  [
    "a bucket without a policy",
    "bucket-without-policy",
    /^documents$/,
    "insert into storage.buckets (id, name) values ('documents', 'documents')",
  ],
  [
    "storage objects without row-level security",
    "platform-table-without-rls",
    /^storage\.objects$/,
    "alter table storage.objects disable row level security",
  ],
];
