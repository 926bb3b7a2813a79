-- What the demo partners brought: referrals in every stage, registered deals, and deals of several currencies with the way they took.

select pg_temp.act_as('admin');
insert into public.configurations (organization_id, category, key, value)
values (pg_temp.organization('northwind'), 'revenue', 'currencies', '["EUR", "USD", "GBP", "CHF", "JPY"]');

do $$
declare
  team record;
begin
  for team in select * from pg_temp.teams('partners') loop
    perform pg_temp.act_as(team.person);
    insert into public.partner_referrals (
      organization_id, partner_id, client_name, client_email, client_company, estimated_value, currency, status, referred_at, decided_at, decision_reason,
      owner_id, source, notes, created_at, updated_at
    )
    select
      pg_temp.organization(given.slug), pg_temp.partner(given.slug, given.partner), given.client, given.email, given.company, given.value, given.currency,
      given.status, pg_temp.days_ago(given.days), pg_temp.days_ago(given.decided), given.reason, pg_temp.person(given.owner), given.source, given.notes,
      pg_temp.days_ago(given.days), pg_temp.days_ago(coalesce(given.decided, given.days))
    from (values
      ('northwind', 'Alpine Systems', 'Greta Maier', 'greta.maier@bergbahn.example', 'Bergbahn AG', 84000, 'EUR', 'won', 470, 410, null, 'partners', 'staff', null),
      ('northwind', 'Alpine Systems', 'Luis Kranz', 'l.kranz@tirolmilch.example', 'Tirol Milch', 42500, 'EUR', 'won', 330, 290, null, 'partners', 'portal', null),
      ('northwind', 'Alpine Systems', 'Vera Lang', 'vera.lang@seilwerk.example', 'Seilwerk', 61000, 'EUR', 'lost', 240, 200, 'Stayed with what they have.', 'partners', 'portal', null),
      ('northwind', 'Alpine Systems', 'Paul Egger', 'paul@eggerholz.example', 'Egger Holz', 128000, 'EUR', 'in_progress', 75, null, null, 'partners', 'portal', 'Demo went well; decision in the new year.'),
      ('northwind', 'Alpine Systems', 'Ruth Amrein', 'r.amrein@seebank.example', 'Seebank', 95000, 'CHF', 'qualified', 24, null, null, 'partners', 'portal', null),
      ('northwind', 'Alpine Systems', 'Timo Falk', 'timo.falk@gmail.com', 'Falk Sportreisen', 12000, 'EUR', 'submitted', 3, null, null, null, 'portal', null),
      ('northwind', 'Brightline Security', 'Denise Cho', 'dcho@pacificcredit.example', 'Pacific Credit Union', 150000, 'USD', 'won', 380, 300, null, 'rep', 'staff', null),
      ('northwind', 'Brightline Security', 'Aaron Fields', 'aaron@fieldsmed.example', 'Fields Medical', 67500, 'USD', 'won', 210, 150, null, 'rep', 'staff', null),
      ('northwind', 'Brightline Security', 'Kim Osei', 'kim.osei@harborbank.example', 'Harbor Bank', 220000, 'USD', 'qualified', 40, null, null, 'rep', 'staff', 'Wants a reference of the same size.'),
      ('northwind', 'Brightline Security', 'Lee Grant', 'lee@statewater.example', 'State Water', 38000, 'USD', 'lost', 120, 90, 'No budget this year.', 'rep', 'import', null),
      ('northwind', 'Cobalt Data', 'Mona Reiss', 'mona@rapidfreight.example', 'Rapid Freight', 54000, 'USD', 'won', 300, 250, null, 'sales', 'import', null),
      ('northwind', 'Cobalt Data', 'Chad Burns', 'chad@burnsretail.example', 'Burns Retail', 73000, 'USD', 'in_progress', 55, null, null, 'sales', 'staff', null),
      ('northwind', 'Delphi Consulting', 'Eleni Markou', 'eleni@aegeanlines.example', 'Aegean Lines', 88000, 'EUR', 'lost', 260, 215, 'Chose another vendor.', 'partners', 'staff', null),
      ('northwind', 'Delphi Consulting', 'Petros Ioannou', 'petros@olivegroup.example', 'Olive Group', 31000, 'EUR', 'submitted', 9, null, null, 'partners', 'staff', null),
      ('northwind', 'Evergreen Cloud', 'Jill Marsh', 'jill@summitgear.example', 'Summit Gear', 26000, 'USD', 'won', 205, 170, null, 'rep', 'staff', null),
      ('northwind', 'Evergreen Cloud', 'Rob Lane', 'rob@lanefoods.example', 'Lane Foods', 19500, 'USD', 'submitted', 14, null, null, 'rep', 'staff', null),
      ('northwind', 'Granite FinOps', 'Klaus Bauer', 'k.bauer@rheinchemie.example', 'Rheinchemie', 310000, 'EUR', 'won', 440, 360, null, 'sales', 'staff', null),
      ('northwind', 'Granite FinOps', 'Anja Roth', 'anja@rothversand.example', 'Roth Versand', 145000, 'EUR', 'won', 280, 230, null, 'sales', 'staff', null),
      ('northwind', 'Granite FinOps', 'Sven Olsen', 'sven@fjordship.example', 'Fjord Shipping', 205000, 'EUR', 'won', 140, 85, null, 'sales', 'staff', null),
      ('northwind', 'Granite FinOps', 'Maja Lind', 'maja@lindapotek.example', 'Lind Apotek', 99000, 'EUR', 'in_progress', 48, null, null, 'sales', 'staff', null),
      ('northwind', 'Harbor & Sons Integrators', 'Stan Cole', 'stan@colemotors.example', 'Cole Motors', 22000, 'USD', 'lost', 400, 350, 'Never answered.', null, 'import', null),
      ('northwind', 'Juniper Works', 'Ola Nyberg', 'ola@nybergbygg.example', 'Nyberg Bygg', 47000, 'EUR', 'lost', 250, 190, 'Project was stopped.', 'partners', 'staff', null),
      ('northwind', 'Kestrel DevOps', 'Ruby Shaw', 'ruby@shawinsurance.example', 'Shaw Insurance', 118000, 'GBP', 'won', 220, 160, null, 'rep', 'staff', null),
      ('northwind', 'Kestrel DevOps', 'Dev Anand', 'dev@kitepay.example', 'Kite Pay', 76000, 'GBP', 'qualified', 31, null, null, 'rep', 'staff', null),
      ('northwind', 'Løvenskiold Rådgivning AS', 'Kari Moe', 'kari@moeenergi.example', 'Moe Energi', 64000, 'EUR', 'qualified', 52, null, null, 'both', 'staff', null),
      ('northwind', 'Meridian Group', 'Diego Salas', 'diego@bancoverde.example', 'Banco Verde', 90000, 'USD', 'submitted', 6, null, null, 'sales', 'staff', null),
      ('northwind', 'Nordlicht Systemhaus GmbH & Co. KG', 'Uwe Harms', 'uwe@harmsreederei.example', 'Harms Reederei', 57000, 'EUR', 'won', 190, 130, null, 'partners', 'staff', null),
      ('northwind', 'Osaka Data 大阪データ', '佐藤 健', 'sato@kansai-steel.example', 'Kansai Steel', 18500000, 'JPY', 'won', 270, 180, null, 'sales', 'staff', null),
      ('northwind', 'Osaka Data 大阪データ', '鈴木 花子', 'suzuki@minato-retail.example', 'Minato Retail', 9800000, 'JPY', 'in_progress', 66, null, null, 'sales', 'staff', null),
      ('northwind-emea', 'Tramontana Soluciones', 'Jordi Puig', 'jordi@puigbank.example', 'Puig Bank', 132000, 'EUR', 'won', 260, 200, null, 'partners', 'staff', null),
      ('northwind-emea', 'Tramontana Soluciones', 'Marta Soler', 'marta@solertex.example', 'Soler Textil', 58000, 'EUR', 'in_progress', 36, null, null, 'partners', 'staff', null),
      ('northwind-emea', 'Vltava Security', 'Jana Malá', 'jana@pragabank.example', 'Praga Bank', 71000, 'EUR', 'submitted', 4, null, null, 'admin', 'staff', null),
      ('contoso', 'Alpine Systems', 'Rosa Winter', 'rosa@winterhotels.example', 'Winter Hotels', 45000, 'EUR', 'qualified', 28, null, null, 'admin@contoso.test', 'staff', null),
      ('contoso', 'Bluefin Logic', 'Sam Ortiz', 'sam@ortizlogistics.example', 'Ortiz Logistics', 112000, 'USD', 'won', 200, 140, null, 'admin@contoso.test', 'staff', null)
    ) as given (
      slug, partner, client, email, company, value, currency, status, days, decided, reason, owner, source, notes
    )
    where given.slug = any (team.slugs);
  end loop;
end
$$;

select pg_temp.act_as('sales');
insert into public.deal_registrations (
  organization_id, partner_id, referral_id, account_domain, account_name, product, status, protected, requested_at, requested_by, decided_at, decided_by, reason,
  created_at, updated_at
)
select r.organization_id, r.partner_id, r.id, r.account_domain, r.client_company, given.product, given.status,
  case when given.status in ('registered', 'expired') then tstzrange(pg_temp.days_ago(given.decided), pg_temp.days_ago(given.decided - 90)) end,
  pg_temp.days_ago(given.requested), r.owner_id, pg_temp.days_ago(given.decided), case when given.decided is not null then pg_temp.person('sales') end, given.reason,
  pg_temp.days_ago(given.requested), pg_temp.days_ago(coalesce(given.decided, given.requested))
from (values
  ('Egger Holz', 'platform', 'registered', 70, 68, null), ('Seebank', 'platform', 'requested', 20, null, null),
  ('Harbor Bank', 'platform', 'registered', 38, 36, null), ('Burns Retail', 'add_ons', 'rejected', 50, 49, 'Our own team has talked to them since spring.'),
  ('Rheinchemie', 'platform', 'expired', 436, 434, null), ('Kite Pay', 'services', 'withdrawn', 29, 27, 'Asked for the wrong product.')
) as given (company, product, status, requested, decided, reason)
join public.partner_referrals as r on r.client_company = given.company and r.organization_id = pg_temp.organization('northwind');

insert into public.customers (organization_id, name, website, web_domain, region, contact_name, contact_email, owner_id, created_at, updated_at)
select r.organization_id, r.client_company, 'https://' || r.account_domain, r.account_domain, p.region, r.client_name, r.client_email, r.owner_id, r.referred_at, r.referred_at
from public.partner_referrals as r
join public.partners as p on p.organization_id = r.organization_id and p.id = r.partner_id
where r.status in ('won', 'in_progress', 'qualified') or r.client_company in ('Seilwerk', 'State Water', 'Aegean Lines', 'Nyberg Bygg');
insert into public.customers (organization_id, name, website, web_domain, region, contact_name, contact_email, owner_id, created_at, updated_at)
select pg_temp.organization('northwind'), 'Quay Robotics', 'https://quayrobotics.example', 'quayrobotics.example', 'na', 'Jo Adler', 'jo@quayrobotics.example',
  pg_temp.person('rep'), pg_temp.days_ago(60), pg_temp.days_ago(60);

-- Deals of the referrals: those that were decided have ended on that day, the others stand somewhere on the way. How they got there,
-- through the stages before and evenly over their time, is told beside them: the triggers know only where a deal stands when it comes in.
do $$
declare
  team record;
begin
  for team in select * from pg_temp.teams('sales') loop
    perform pg_temp.act_as(team.person);
    with coming as materialized (
      select gen_random_uuid() as id, r.organization_id, r.partner_id, c.id as customer_id, r.client_company || ' platform' as name, r.estimated_value,
        r.currency,
        coalesce(stage.closing, stage.open[1 + (row_number() over (partition by r.outcome order by r.client_company) % cardinality(stage.open))::integer]) as stage,
        (pg_temp.days_ago(0) + (10 + extract(day from r.referred_at)::integer * 3) * interval '1 day')::date as expected_close_on, r.decided_at,
        case r.outcome when 'won' then 'partner' when 'lost' then 'no_budget' end as reason, r.outcome, r.owner_id, r.referred_at + interval '5 days' as begun_at
      from public.partner_referrals as r
      join public.customers as c on c.organization_id = r.organization_id and c.web_domain = r.account_domain
      cross join lateral (
        select array_agg(item ->> 'key' order by place) filter (where item ->> 'outcome' = 'open') as open,
          min(item ->> 'key') filter (where item ->> 'outcome' = r.outcome and r.outcome <> 'open') as closing
        from jsonb_array_elements(private.configuration_value(r.organization_id, 'pipeline', 'stages')) with ordinality as entry (item, place)
      ) as stage
      where r.organization_id in (select o.id from public.organizations as o where o.slug = any (team.slugs))
    ),
    step as (
      select d.*, item ->> 'key' as key, item ->> 'outcome' as meant,
        row_number() over (partition by d.id order by place) as number, count(*) over (partition by d.id) as steps
      from coming as d
      cross join lateral jsonb_array_elements(private.configuration_value(d.organization_id, 'pipeline', 'stages')) with ordinality as entry (item, place)
      where item ->> 'key' = d.stage or item ->> 'outcome' = 'open' and (
        d.outcome <> 'open' or place < (
          select other.place
          from jsonb_array_elements(private.configuration_value(d.organization_id, 'pipeline', 'stages')) with ordinality as other (item, place)
          where other.item ->> 'key' = d.stage
        )
      )
    ),
    told as (
      insert into public.opportunity_stage_history (
        organization_id, opportunity_id, from_stage, to_stage, status, changed_at, actor, actor_name, reason, source_key
      )
      select s.organization_id, s.id, lag(s.key) over (partition by s.id order by s.number), s.key, s.meant,
        s.begun_at + (coalesce(s.decided_at, pg_temp.days_ago(0)) - s.begun_at) * (s.number - 1) / (s.steps - (s.decided_at is not null)::integer),
        'user:' || s.owner_id, p.display_name, case when s.meant <> 'open' then s.reason end, format('opportunities:%s:%s', s.id, s.number)
      from step as s
      join public.profiles as p on p.user_id = s.owner_id
    )
    insert into public.opportunities (
      id, organization_id, partner_id, customer_id, name, value, currency, stage, expected_close_on, closed_at, reason, owner_id, source, next_step,
      version, created_at, updated_at
    )
    select d.id, d.organization_id, d.partner_id, d.customer_id, d.name, d.estimated_value, d.currency, d.stage, d.expected_close_on, d.decided_at, d.reason,
      d.owner_id, 'partner', case when d.outcome = 'open' then 'Send the offer' end,
      (select max(s.steps) from step as s where s.id = d.id), d.begun_at, coalesce(d.decided_at, d.begun_at)
    from coming as d;
  end loop;
end
$$;
select pg_temp.act_as('sales');
insert into public.opportunities (organization_id, customer_id, name, value, currency, expected_close_on, owner_id, source, next_step, created_at, updated_at)
select c.organization_id, c.id, 'Quay Robotics pilot', 33000, 'USD', pg_temp.days_ago(-30)::date, c.owner_id, 'inbound', 'Book a demo', pg_temp.days_ago(45), pg_temp.days_ago(45)
from public.customers as c where c.name = 'Quay Robotics';
