// People, organizations, roles and who belongs where.
import type pg from "pg";
import { type Generation, type Step, traveller } from "./generation.ts";

const firstNames =
  "Ada,Amir,Anna,Béla,Chen,Clara,Dario,Elena,Emeka,Fatima,Greta,Hugo,Ines,Ivan,Jonas,Kaja,Lea,Luis,Mara,Mei,Nadia,Noah,Olga,Omar,Petra,Priya,Rosa,Samir,Sofia,Tariq,Uma,Yara";
const lastNames =
  "Almeida,Bakker,Becker,Carter,Costa,Dubois,Eriksen,Fischer,García,Haddad,Horvat,Ito,Jensen,Kaya,Kim,Kowalski,Laurent,Lindqvist,Mbeki,Meyer,Moreau,Nakamura,Novák,Okafor,Okoye,Patel,Reyes,Rossi,Silva,Tran,Weber,Zhou";

export const tenancySteps: Step[] = [
  { what: "people", run: addPeople },
  { what: "organizations and roles", run: addOrganizations },
  { what: "memberships", run: addMemberships },
];

/** Everybody may be in several organizations: the largest two share nobody, the others draw from all. */
async function addPeople(client: pg.Client, { size }: Generation): Promise<void> {
  await client.query(
    `insert into auth.users (
       instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
       created_at, updated_at, confirmation_token, recovery_token, email_change, email_change_token_new,
       email_change_token_current, phone_change, phone_change_token, reauthentication_token
     )
     select
       '00000000-0000-0000-0000-000000000000', pg_temp.made_id('person', n), 'authenticated', 'authenticated',
       case n when 0 then $4 else 'person' || n || '@example.test' end, '', now(),
       '{"provider": "email", "providers": ["email"]}',
       jsonb_build_object('display_name', pg_temp.one_of($2, 'first name', n) || ' ' || pg_temp.one_of($3, 'last name', n)),
       now(), now(), '', '', '', '', '', '', '', ''
     from generate_series(0, $1::bigint) as n`,
    [size.largest + size.second, firstNames.split(","), lastNames.split(","), traveller.address],
  );
}

/** Number 1 is the largest; numbers 4 to 9 stand below the tenant number 3. The largest has many roles of its own. */
async function addOrganizations(client: pg.Client, { size }: Generation): Promise<void> {
  await client.query(
    `insert into public.organizations (id, parent_id, name, slug, subscription_tier, seat_limit)
     select
       pg_temp.made_id('organization', n), case when n between 4 and 9 then pg_temp.made_id('organization', 3) end,
       'Organization ' || n, 'organization-' || n, 'enterprise', 100000
     from generate_series(1, $1::bigint) as n`,
    [size.organizations],
  );
  await client.query(
    `with made as (
       insert into public.roles (id, organization_id, key, name, position)
       select pg_temp.made_id('role', n), pg_temp.made_id('organization', 1), 'team_' || n, 'Team ' || n, 100 + n
       from generate_series(1, 94) as n
       returning organization_id, id
     )
     insert into public.role_permissions (organization_id, role_id, permission, scope)
     select made.organization_id, made.id, held.permission, held.scope
     from made
     join public.roles as rep on rep.organization_id = made.organization_id and rep.key = 'sales_rep'
     join public.role_permissions as held on held.role_id = rep.id`,
  );
}

async function addMemberships(client: pg.Client, { size }: Generation): Promise<void> {
  // Counting the seats before each row is right for one and takes the square of the time for 40,000 in one organization.
  await client.query("alter table public.memberships disable trigger _200_hold_seat");
  await client.query(
    `with place as (
       select n as organization, case n when 1 then $2::bigint when 2 then $3 else $4 * 3 / 4 + pg_temp.made_number('size', n, $4 / 2) end as members
       from generate_series(1, $1::bigint) as n
     ),
     given as (
       select organization, case member when 1 then 'org_admin' else pg_temp.one_of(
         '{vp,sales_manager,partnership_manager,sales_rep,sales_rep,sales_rep,data_team}', 'role ' || organization, member
       ) end as role_key,
       -- Neighbours in the crowd, from another place for each organization, so that nobody is twice in one.
       1 + case organization when 1 then 0 when 2 then $2 else pg_temp.made_number('crowd', organization, $2 + $3) end as start,
       member
       from place cross join generate_series(1, members) as member
       union all
       select n, 'org_admin', 0, 0 from generate_series(1, $1::bigint) as n where n <= 2 or n % (($1 - 2) / ($5 - 2)) = 3 and n <= ($1 - 2) / ($5 - 2) * ($5 - 2)
     )
     insert into public.memberships (
       id, organization_id, user_id, role_id, status, deactivated_at, display_name, email, avatar_color, joined_at
     )
     select
       pg_temp.made_id('membership ' || organization, member), r.organization_id, p.user_id, r.id,
       case when is_gone then 'deactivated' else 'active' end, case when is_gone then now() end,
       p.display_name, p.email, p.avatar_color, now() - make_interval(hours => pg_temp.made_number('joined ' || organization, member, 30000)::integer)
     from given
     join public.roles as r on r.organization_id = pg_temp.made_id('organization', organization) and r.key = given.role_key
     join public.profiles as p
       on p.user_id = pg_temp.made_id('person', case member when 0 then 0 else 1 + (start + member) % ($2 + $3) end)
     cross join lateral (select member > 1 and pg_temp.made_number('gone ' || organization, member, 20) = 0 as is_gone) as fate`,
    [size.organizations, size.largest, size.second, size.usual, traveller.organizations],
  );
  await client.query("alter table public.memberships enable trigger _200_hold_seat");
}
