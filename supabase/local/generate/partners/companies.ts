// The partners themselves, and the terms of some.
import { inBulk, type Scene } from "./scene.ts";

const firstWords =
  "Alder,Amber,Apex,Arctic,Atlas,Aurora,Basalt,Beacon,Birch,Blue Ridge,Bright,Canyon,Cedar,Cobalt,Copper,Coral,Crescent,Delta,Eagle,Elm,Ember,Falcon,Fjord,Granite,Harbor,Hazel,Helix,Horizon,Indigo,Iron,Juniper,Kestrel,Lark,Linden,Lotus,Lumen,Maple,Meridian,Mistral,Nimbus,North Star,Oak,Onyx,Orbit,Pearl,Pine,Polaris,Quartz,Raven,Redwood,River,Sable,Sage,Sierra,Silver,Slate,Solar,Summit,Terra,Tidal,Umbra,Vector,Willow,Zephyr";
const secondWords =
  "Analytics,Cloud,Consulting,Data,Digital,Dynamics,Engineering,Group,Infosec,Integrators,Labs,Logic,Networks,Partners,Platforms,Security,Services,Software,Solutions,Systems,Technologies,Works";
const legalForms = "GmbH,Inc.,Ltd,AG,SAS,BV,AB,Oy,S.A.,Pty Ltd,LLC,K.K.";
const firstNames =
  "Ana,Bruno,Chiara,David,Eva,Felix,Gina,Henrik,Ida,Jan,Kim,Lars,Mia,Nils,Olivia,Paul,Rita,Sven,Tina,Victor";
const lastNames =
  "Berg,Conti,Diaz,Ek,Frank,Gallo,Huber,Iversen,Jung,Keller,Lund,Marin,Nowak,Otto,Peeters,Ruiz,Sato,Thiel,Vidal,Wolff";

export async function addCompanies({ client, organization, counts, until, choices }: Scene): Promise<void> {
  await inBulk(client, ["public.partners", "public.partner_commission_terms"], async () => {
    await client.query(
      `insert into public.partners (
         id, organization_id, name, domain, website, status, tier, owner_id, region, tags, relationship_health,
         primary_contact_name, primary_contact_email, primary_contact_phone, primary_contact_role,
         agreement_starts_on, agreement_ends_on, agreement_renews_on, agreement_terms, notes, created_at, updated_at, archived_at
       )
       select
         pg_temp.own_id('partner', n), $1, made.name, pg_temp.own_choice($5, 'domain', n), 'https://www.' || made.host, made.status,
         case when made.status <> ($3::text[])[1] then pg_temp.own_choice($4, 'tier', n) end,
         case when pg_temp.own_number('owned', n, 10) > 0 then owner.user_id end,
         pg_temp.own_choice($6, 'region', n),
         case when pg_temp.own_number('tagged', n, 3) = 0 then array[pg_temp.own_choice($7, 'tag', n)] else '{}' end,
         20 + pg_temp.own_number('health', n, 80),
         made.contact, lower(replace(made.contact, ' ', '.')) || '@' || made.host,
         '+49 30 ' || (1000000 + pg_temp.own_number('phone', n, 8999999)), pg_temp.own_choice('{Alliance manager,Managing director,Head of sales,Partner lead}', 'role', n),
         made.since::date, made.ends, made.ends - 60,
         case when pg_temp.own_number('terms', n, 4) = 0 then 'Standard partner agreement, renewed yearly unless ended three months before.' end,
         case when pg_temp.own_number('noted', n, 5) = 0 then 'Prefers a call in the morning. Wants to grow in ' || pg_temp.own_choice($6, 'region', n + 7) || '.' end,
         made.since, least($8::timestamptz, made.since + (200 * pg_temp.own_share('touched', n)) * interval '1 day'),
         case when pg_temp.own_number('archived', n, 25) = 0 then $8::timestamptz - pg_temp.own_number('archived at', n, 60) * interval '1 day' end
       from generate_series(1, $2::bigint) as n
       cross join lateral (
         select
           concat_ws(' ', pg_temp.own_choice($9, 'first word', n), pg_temp.own_choice($10, 'second word', n), pg_temp.own_choice($11, 'form', n),
             case when n > 400 then n::text end) as name,
           'partner-' || n || '.example' as host,
           pg_temp.own_choice($12, 'contact', n) || ' ' || pg_temp.own_choice($13, 'contact family', n) as contact,
           case when pg_temp.own_number('active', n, 10) < 7 then coalesce(($3::text[])[2], ($3::text[])[1]) else pg_temp.own_choice($3, 'status', n) end as status,
           since,
           (since + (365 * (1 + pg_temp.own_number('years', n, 3))) * interval '1 day')::date as ends
         from (select $8::timestamptz - (20 + 520 * pg_temp.own_share('since', n)) * interval '1 day' as since) as begun
       ) as made
       join staff as owner on owner.place = 1 + pg_temp.own_number('owner', n, (select count(*) from staff))
       on conflict on constraint partners_pkey do nothing`,
      [
        organization,
        counts.partners,
        choices.statuses,
        choices.tiers,
        choices.domains,
        choices.regions,
        choices.tags,
        until,
        firstWords.split(","),
        secondWords.split(","),
        legalForms.split(","),
        firstNames.split(","),
        lastNames.split(","),
      ],
    );
    await client.query(
      `insert into public.partner_commission_terms (id, organization_id, partner_id, commission_type, rate, payment_model)
       select pg_temp.own_id('terms', n), $1, pg_temp.own_id('partner', n), type.key, 8 + pg_temp.own_number('rate', n, 18), 'one-time'
       from generate_series(1, $2::bigint) as n
       cross join (select private.first_choice($1, 'commission', 'types') as key) as type
       where n % 20 = 3
       on conflict do nothing`,
      [organization, counts.partners],
    );
  });
  // Whom the rest hangs on: by number, with when it began and whose it is.
  await client.query(
    `create temporary table company as
     select n as place, p.id, p.owner_id, p.created_at as since
     from generate_series(1, ${counts.partners}::bigint) as n join public.partners as p on p.id = pg_temp.own_id('partner', n)`,
  );
  await client.query("create unique index on company (place)");
  await client.query("analyze company");
}
