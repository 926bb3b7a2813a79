// What partners bring: referrals, registered deals, customers, opportunities with the way they took.
import { inBulk, type Scene } from "./scene.ts";

const people =
  "Abby Stone,Ben Wirth,Carla Nunes,Dirk Vos,Elif Demir,Finn Dahl,Gloria Paz,Hana Sato,Igor Petrov,Jule Brandt,Karim Said,Lucia Ferri";
const trades =
  "Bakery,Bank,Brewery,Clinic,Dairy,Energy,Foods,Freight,Hotels,Insurance,Legal,Logistics,Media,Motors,Pharma,Retail,Schools,Shipping,Steel,Telecom,Textiles,Tools,Travel,Water";

export async function addReferrals({ client, organization, counts, until, choices }: Scene): Promise<void> {
  await inBulk(client, ["public.partner_referrals", "public.deal_registrations"], async () => {
    await client.query(
      `insert into public.partner_referrals (
         id, organization_id, partner_id, client_name, client_email, client_company, account_domain, estimated_value, currency, status, outcome,
         referred_at, decided_at, decision_reason, owner_id, source, notes, created_at, updated_at
       )
       select
         pg_temp.own_id('referral', n), $1, c.id, pg_temp.own_choice($5, 'client', n), 'contact@client-' || n || '.example',
         pg_temp.own_choice($6, 'trade', n) || ' ' || n, 'client-' || n || '.example',
         pg_temp.own_amount('referral value', n, money.currency), money.currency, stage.key, stage.outcome, days.referred_at,
         case when stage.outcome <> 'open' then days.decided_at end,
         case when stage.outcome = 'lost' then pg_temp.own_choice('{Chose another vendor,No budget this year,Never answered}', 'why', n) end,
         c.owner_id, case pg_temp.own_number('source', n, 4) when 0 then 'portal' when 1 then 'import' else 'staff' end,
         case when pg_temp.own_number('referral noted', n, 6) = 0 then 'Met at the partner''s customer day.' end,
         days.referred_at, case when stage.outcome <> 'open' then days.decided_at else days.referred_at end
       from generate_series(1, $2::bigint) as n
       join company as c on c.place = pg_temp.own_partner('referral partner', n, $3)
       join referral_stage as stage on stage.place = 1 + pg_temp.own_number('referral stage', n, (select count(*) from referral_stage))
       cross join lateral (select c.since + ($4::timestamptz - c.since) * pg_temp.own_share('referred', n) as referred_at) as day
       cross join lateral (select day.referred_at, least($4::timestamptz, day.referred_at + (5 + 60 * pg_temp.own_share('decided', n)) * interval '1 day') as decided_at) as days
       cross join lateral (select pg_temp.own_choice($7, 'referral currency', n) as currency) as money
       on conflict on constraint partner_referrals_pkey do nothing`,
      [
        organization,
        counts.referrals,
        counts.partners,
        until,
        people.split(","),
        trades.split(","),
        choices.currencies,
      ],
    );
    // Each client is another one, so no two can ask for the same.
    await client.query(
      `insert into public.deal_registrations (
         id, organization_id, partner_id, referral_id, account_domain, account_name, product, status, protected, requested_at, decided_at, reason,
         created_at, updated_at
       )
       select pg_temp.own_id('registration', n), $1, r.partner_id, r.id, r.account_domain, r.client_company, pg_temp.own_choice($4, 'product', n),
         made.status, case when made.status in ('registered', 'expired') then tstzrange(made.decided_at, made.decided_at + interval '90 days') end,
         r.referred_at, case when made.status <> 'requested' then made.decided_at end,
         case when made.status = 'rejected' then 'The client is ours already.' end, r.referred_at, r.referred_at
       from generate_series(12, $2::bigint, 12) as n
       join public.partner_referrals as r on r.id = pg_temp.own_id('referral', n)
       cross join lateral (select least($3::timestamptz, r.referred_at + interval '2 days') as decided_at) as day
       cross join lateral (
         select day.decided_at, case
           when pg_temp.own_number('rejected', n, 8) = 0 then 'rejected'
           when r.referred_at > $3::timestamptz - interval '5 days' then 'requested'
           when day.decided_at + interval '90 days' <= now() then 'expired'
           else 'registered'
         end as status
       ) as made
       on conflict on constraint deal_registrations_pkey do nothing`,
      [organization, counts.referrals, until, choices.products],
    );
  });
}

export async function addOpportunities({ client, organization, counts, until, choices }: Scene): Promise<void> {
  const customers = Math.ceil(counts.opportunities / 2);
  const tables = ["public.customers", "public.opportunities", "public.opportunity_stage_history"];
  await inBulk(client, tables, async () => {
    await client.query(
      `insert into public.customers (id, organization_id, name, website, web_domain, region, contact_name, contact_email, owner_id, created_at, updated_at)
       select pg_temp.own_id('customer', n), $1, pg_temp.own_choice($4, 'customer trade', n) || ' ' || n, 'https://customer-' || n || '.example',
         'customer-' || n || '.example', pg_temp.own_choice($5, 'customer region', n), pg_temp.own_choice($6, 'customer contact', n),
         'office@customer-' || n || '.example', owner.user_id, day.at, day.at
       from generate_series(1, $2::bigint) as n
       join staff as owner on owner.place = 1 + pg_temp.own_number('customer owner', n, (select count(*) from staff))
       cross join lateral (select $3::timestamptz - (30 + 500 * pg_temp.own_share('customer since', n)) * interval '1 day' as at) as day
       on conflict on constraint customers_pkey do nothing`,
      [organization, customers, until, trades.split(","), choices.regions, people.split(",")],
    );
    await client.query(
      `insert into public.opportunities (
         id, organization_id, partner_id, customer_id, name, value, currency, stage, status, probability, expected_close_on, closed_at, closes_on,
         owner_id, source, reason, next_step, version, created_at, updated_at
       )
       select
         pg_temp.own_id('opportunity', n), $1, case when pg_temp.own_number('direct', n, 7) > 0 then c.id end,
         pg_temp.own_id('customer', 1 + pg_temp.own_number('customer of', n, $8)), pg_temp.own_choice($6, 'deal trade', n) || ' rollout ' || n,
         pg_temp.own_amount('deal value', n, money.currency), money.currency, stage.key, stage.outcome,
         case stage.outcome when 'won' then 100 when 'lost' then 0 else stage.probability end, days.expected,
         case when stage.outcome <> 'open' then days.closed_at end,
         case when stage.outcome <> 'open' then (days.closed_at at time zone zone.name)::date else days.expected end,
         coalesce(c.owner_id, owner.user_id), pg_temp.own_choice($5, 'deal source', n),
         case stage.outcome when 'won' then pg_temp.own_choice($9, 'won for', n) when 'lost' then pg_temp.own_choice($10, 'lost for', n) end,
         case when stage.outcome = 'open' then pg_temp.own_choice('{Send the offer,Book a demo,Call back,Wait for legal}', 'next step', n) end,
         stage.steps, days.at, case when stage.outcome <> 'open' then days.closed_at else days.at end
       from generate_series(1, $2::bigint) as n
       join company as c on c.place = pg_temp.own_partner('deal partner', n, $3)
       join staff as owner on owner.place = 1 + pg_temp.own_number('deal owner', n, (select count(*) from staff))
       join deal_stage as stage on stage.place = 1 + pg_temp.own_number('deal stage', n, (select count(*) from deal_stage))
       cross join (select private.configuration_value($1, 'organization', 'time_zone') #>> '{}' as name) as zone
       cross join lateral (select c.since + ($4::timestamptz - c.since) * pg_temp.own_share('deal begun', n) as at) as day
       cross join lateral (
         select day.at, least($4::timestamptz, day.at + (10 + 90 * pg_temp.own_share('deal closed', n)) * interval '1 day') as closed_at,
           (greatest(day.at, $4::timestamptz) + (100 * pg_temp.own_share('expected', n) - 10) * interval '1 day')::date as expected
       ) as days
       cross join lateral (select pg_temp.own_choice($7, 'deal currency', n) as currency) as money
       on conflict on constraint opportunities_pkey do nothing`,
      [
        organization,
        counts.opportunities,
        counts.partners,
        until,
        choices.sources,
        trades.split(","),
        choices.currencies,
        customers,
        choices.winReasons,
        choices.lossReasons,
      ],
    );
    // The stages it went through, in their order, evenly between its beginning and its end.
    await client.query(
      `insert into public.opportunity_stage_history (
         organization_id, opportunity_id, from_stage, to_stage, status, changed_at, actor, actor_name, reason, source_key
       )
       select $1, o.id, before.key, step.key, step.outcome,
         case when step.place = 1 then o.created_at else o.created_at + (coalesce(o.closed_at, $3::timestamptz) - o.created_at) * step.place / step.steps end,
         'user:' || o.owner_id, s.display_name, case when step.outcome <> 'open' then o.reason end,
         format('opportunities:%s:%s', o.id, step.place)
       from generate_series(1, $2::bigint) as n
       join public.opportunities as o on o.id = pg_temp.own_id('opportunity', n)
       join deal_stage as now_at on now_at.key = o.stage
       join staff as s on s.user_id = o.owner_id
       cross join lateral (
         select stage.key, stage.outcome, row_number() over (order by stage.place) as place, count(*) over () as steps
         from deal_stage as stage
         where stage.place = now_at.place or (stage.outcome = 'open' and stage.place < now_at.place)
       ) as step
       left join lateral (
         select key from (
           select stage.key, row_number() over (order by stage.place) as place from deal_stage as stage
           where stage.place = now_at.place or (stage.outcome = 'open' and stage.place < now_at.place)
         ) as way where way.place = step.place - 1
       ) as before on true
       on conflict on constraint opportunity_stage_history_organization_id_source_key_key do nothing`,
      [organization, counts.opportunities, until],
    );
  });
}
