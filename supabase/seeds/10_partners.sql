-- Demo partners of all organizations, with the people who look after them. Days are counted back from today, so that the demo is
-- always 18 months old.

create function pg_temp.organization(given text) returns uuid language sql stable as $$ select id from public.organizations where slug = given $$;
create function pg_temp.person(name text) returns uuid language sql stable as $$
  select user_id from public.profiles where email = name || '@northwind.test' union all select user_id from public.profiles where email = name
$$;
-- From here on this person acts: triggers, timeline and audit log name them.
create function pg_temp.act_as(name text) returns void language sql as $$
  select set_config('request.jwt.claims', case when name is null then '' else json_build_object('sub', pg_temp.person(name))::text end, false)
$$;
-- Who acts where: nobody of Northwind ever did anything at Contoso.
create function pg_temp.teams(northwind text) returns table (person text, slugs text[]) language sql as $$
  values (northwind, '{northwind,northwind-emea,northwind-group}'::text[]), ('admin@contoso.test', '{contoso}')
$$;
create function pg_temp.partner(given_slug text, given_name text) returns uuid language sql stable as $$
  select id from public.partners where organization_id = pg_temp.organization(given_slug) and name = given_name
$$;
create function pg_temp.days_ago(days numeric) returns timestamptz language sql stable as $$
  select date_trunc('day', now()) - days * interval '1 day' + interval '9 hours 20 minutes'
$$;

select pg_temp.act_as('admin');
insert into public.custom_field_definitions (organization_id, key, label, help, field_type, options, position)
select pg_temp.organization('northwind'), given.key, given.label, given.help, given.field_type, given.options::jsonb, given.position
from (values
  ('certified_engineers', 'Certified engineers', 'People who passed the technical associate.', 'number', '{"precision": 0, "min": 0}', 10),
  ('nda_signed', 'NDA signed', null, 'checkbox', '{}', 20),
  ('go_to_market', 'Go-to-market', 'How they sell with us.', 'select',
    '{"choices": [{"key": "co_sell", "label": "Co-sell", "color": "violet"}, {"key": "resell", "label": "Resell", "color": "teal"}, {"key": "refer", "label": "Refer", "color": "slate"}]}', 30)
) as given (key, label, help, field_type, options, position);

do $$
declare
  team record;
begin
  for team in select * from pg_temp.teams('partners') loop
    perform pg_temp.act_as(team.person);
    insert into public.partners (
      organization_id, name, domain, website, status, tier, owner_id, region, tags, primary_contact_name, primary_contact_email,
      primary_contact_phone, primary_contact_role, agreement_starts_on, agreement_ends_on, agreement_renews_on, agreement_terms, notes,
      relationship_health, created_at, updated_at
    )
    select
      pg_temp.organization(given.slug), given.name, given.domain, 'https://www.' || given.host, given.status, given.tier, pg_temp.person(given.owner),
      given.region, given.tags::text[], given.contact, given.contact_at || '@' || given.host, given.phone, given.role,
      pg_temp.days_ago(given.since)::date, (pg_temp.days_ago(-given.ends_in))::date, (pg_temp.days_ago(60 - given.ends_in))::date,
      case when given.since is not null then 'Yearly, renewed unless ended three months before.' end, given.notes, given.health,
      pg_temp.days_ago(given.created), pg_temp.days_ago(least(given.created, given.touched))
    from (values
      ('northwind', 'Alpine Systems', 'alpine.test', 'cloud', 'active', 'platinum', 'partners', 'emea', '{strategic,co_marketing}', 'Petra Huber', 'partner', '+43 512 555 0190', 'Managing director', 520, 210, 'Joint plan for the year agreed; wants to open Switzerland next.', 91, 540, 3),
      ('northwind', 'Brightline Security', 'brightline.example', 'security', 'active', 'gold', 'rep', 'na', '{strategic}', 'Marcus Reed', 'marcus.reed', '+1 415 555 0134', 'Head of alliances', 430, 300, 'Brings regulated customers.', 84, 455, 6),
      ('northwind', 'Cobalt Data', 'cobalt-data.example', 'data', 'active', 'gold', 'sales', 'na', '{}', 'Irene Park', 'irene', '+1 206 555 0177', 'Partner manager', 390, 18, null, 72, 410, 12),
      ('northwind', 'Delphi Consulting', 'delphi.example', 'consulting', 'active', 'silver', 'partners', 'emea', '{}', 'Nikos Georgiou', 'nikos', '+30 21 0555 0123', 'Partner', 350, 120, null, 66, 372, 20),
      ('northwind', 'Evergreen Cloud', 'evergreen-cloud.example', 'cloud', 'active', 'registered', 'rep', 'na', '{}', 'Tomás Ortega', 'tomas', '+1 303 555 0155', 'Sales director', 200, 165, 'First referral came within a week.', 58, 215, 9),
      ('northwind', 'Fathom Analytics', 'fathom.example', 'data', 'pending', null, 'partners', 'emea', '{}', 'Aoife Brennan', 'aoife', '+353 1 555 0110', 'Founder', null, null, 'Contract is with their lawyers.', 50, 26, 2),
      ('northwind', 'Granite FinOps', 'granite.example', 'finops', 'active', 'platinum', 'sales', 'emea', '{strategic}', 'Hanna Vogt', 'hanna.vogt', '+49 69 555 01 20', 'Chief revenue officer', 500, 230, 'Best win rate of all.', 88, 512, 4),
      ('northwind', 'Harbor & Sons Integrators', 'harbor-sons.example', 'consulting', 'inactive', 'silver', null, 'na', '{}', 'Bill Harbor', 'bill', '+1 617 555 0162', 'Owner', 480, -115, 'Bought by a competitor of ours.', 21, 500, 110),
      ('northwind', 'Indigo Labs', 'indigolabs.example', 'devops', 'pending', null, null, 'apac', '{}', 'Priya Raman', 'priya', '+91 80 5550 0144', 'Engineering lead', null, null, null, 50, 8, 8),
      ('northwind', 'Juniper Works', 'juniperworks.example', 'devops', 'active', 'silver', 'partners', 'emea', '{at_risk}', 'Elin Strand', 'elin', '+46 8 555 012 20', 'Partner lead', 340, 21, 'No referral since spring; agreement ends soon.', 33, 351, 30),
      ('northwind', 'Kestrel DevOps', 'kestrel.example', 'devops', 'active', 'gold', 'rep', 'emea', '{co_marketing}', 'Owen Pryce', 'owen', '+44 20 5550 0123', 'Alliances', 290, 75, null, 77, 301, 5),
      ('northwind', 'Løvenskiold Rådgivning AS', 'lovenskiold.example', 'consulting', 'active', 'silver', 'both', 'emea', '{}', 'Sigrid Løvenskiold', 'sigrid', '+47 22 55 01 20', 'Daglig leder', 150, 215, null, 69, 160, 14),
      ('northwind', 'Meridian Group', 'meridian.example', 'finops', 'active', 'registered', 'sales', 'latam', '{}', 'Lucía Paredes', 'lucia', '+52 55 5550 0130', 'Alianzas', 120, 245, null, 61, 131, 17),
      ('northwind', 'Nordlicht Systemhaus GmbH & Co. KG', 'nordlicht.example', 'cloud', 'active', 'silver', 'partners', 'emea', '{}', 'Jörg Petersen', 'joerg.petersen', '+49 431 555 01 90', 'Leiter Vertrieb', 260, 105, null, 74, 270, 11),
      ('northwind', 'Osaka Data 大阪データ', 'osaka-data.example', 'data', 'active', 'gold', 'sales', 'apac', '{strategic}', '田中 美咲', 'm.tanaka', '+81 6 5550 0123', 'アライアンス部長', 310, 55, null, 80, 322, 7),
      ('northwind', 'Quartz Media', 'quartzmedia.example', 'consulting', 'inactive', null, null, 'na', '{}', 'Dana Wells', 'dana', '+1 212 555 0101', 'Producer', null, null, 'Not a fit after all.', 12, 400, 190),
      ('northwind-emea', 'Delphi Consulting', 'delphi.example', 'consulting', 'active', 'gold', 'partners', 'emea', '{}', 'Nikos Georgiou', 'nikos', '+30 21 0555 0123', 'Partner', 300, 65, null, 76, 312, 9),
      ('northwind-emea', 'Tramontana Soluciones', 'tramontana.example', 'cloud', 'active', 'platinum', 'partners', 'emea', '{strategic}', 'Núria Vidal', 'nuria', '+34 93 555 01 23', 'Directora', 370, 360, null, 89, 380, 2),
      ('northwind-emea', 'Vltava Security', 'vltava.example', 'security', 'active', 'silver', 'admin', 'emea', '{}', 'Karel Dvořák', 'karel', '+420 255 550 123', 'CEO', 140, 225, null, 64, 150, 21),
      ('northwind-emea', 'Zephyr Données', 'zephyr.example', 'data', 'pending', null, 'partners', 'emea', '{}', 'Inès Caron', 'ines', '+33 1 55 50 01 23', 'Associée', null, null, null, 50, 12, 12),
      ('northwind-group', 'Atlas Worldwide', 'atlas-worldwide.example', 'consulting', 'active', 'platinum', 'admin', 'na', '{strategic}', 'Renée Falk', 'renee', '+1 646 555 0188', 'Global alliances', 420, 310, 'Group agreement; the organizations work with them directly.', 82, 430, 15),
      ('contoso', 'Alpine Systems', 'alpine.test', 'cloud', 'active', 'silver', 'admin@contoso.test', 'emea', '{}', 'Petra Huber', 'partner', '+43 512 555 0190', 'Managing director', 190, 175, 'Works with others in our market, too.', 70, 200, 6),
      ('contoso', 'Bluefin Logic', 'bluefin.example', 'devops', 'active', 'gold', 'admin@contoso.test', 'na', '{strategic}', 'Casey Nolan', 'casey', '+1 503 555 0129', 'VP channel', 270, 95, null, 79, 280, 8),
      ('contoso', 'Cedar & Stone', 'cedarstone.example', 'consulting', 'active', 'registered', 'both', 'na', '{}', 'Joan Cedar', 'joan', '+1 919 555 0116', 'Principal', 60, 305, null, 55, 70, 13),
      ('contoso', 'Dune Analytics', 'dune-analytics.example', 'data', 'pending', null, null, 'emea', '{}', 'Omar Farouk', 'omar', '+20 2 5550 0123', 'Founder', null, null, null, 50, 5, 5)
    ) as given (
      slug, name, host, domain, status, tier, owner, region, tags, contact, contact_at, phone, role, since, ends_in, notes, health, created, touched
    )
    where given.slug = any (team.slugs);
  end loop;
end
$$;

update public.partners as p
set custom_fields = (
  select jsonb_object_agg(d.id, case d.key when 'certified_engineers' then to_jsonb(3 + p.relationship_health / 10) when 'nda_signed' then 'true' else '"co_sell"' end)
  from public.custom_field_definitions as d where d.organization_id = p.organization_id
)
where p.organization_id = pg_temp.organization('northwind') and p.tier in ('platinum', 'gold');

select pg_temp.act_as('admin');
update public.partners set archived_at = pg_temp.days_ago(180) where id = pg_temp.partner('northwind', 'Quartz Media');
insert into public.partner_commission_terms (organization_id, partner_id, commission_type, rate, payment_model, currency, tiers)
select pg_temp.organization('northwind'), pg_temp.partner('northwind', given.name), given.commission_type, given.rate, given.payment_model, given.currency, given.tiers::jsonb
from (values
  ('Alpine Systems', 'reseller', 27.5, 'one-time', 'EUR', '[{"from": 250000, "rate": 29}, {"from": 500000, "rate": 31}]'),
  ('Granite FinOps', 'referral', 18, 'one-time', 'EUR', '[]'),
  ('Kestrel DevOps', 'msp', null, 'recurring', 'GBP', '[]')
) as given (name, commission_type, rate, payment_model, currency, tiers);

insert into public.saved_views (organization_id, owner_id, name, definition, is_shared, position)
select pg_temp.organization('northwind'), pg_temp.person(given.owner), given.name, given.definition::jsonb, given.is_shared, given.position
from (values
  ('partners', 'Agreements that end soon', '{"filters": {"statuses": ["active"]}, "sort": "agreement_end"}', true, 10),
  ('partners', 'At risk', '{"filters": {"tags": ["at_risk"]}, "sort": "health"}', true, 20),
  ('rep', 'Mine', '{"filters": {"statuses": ["active"]}, "sort": "name"}', false, 10)
) as given (owner, name, definition, is_shared, position);
