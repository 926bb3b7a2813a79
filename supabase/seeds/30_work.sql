-- What is done with the demo partners: contact, tasks, training, documents.

do $$
declare
  team record;
begin
  for team in select * from pg_temp.teams('partners') loop
    perform pg_temp.act_as(team.person);
    insert into public.partner_interactions (
      organization_id, partner_id, user_id, interaction_type, subject, notes, participants, occurred_at, duration_minutes, is_shared, created_at, updated_at
    )
    select pg_temp.organization(given.slug), pg_temp.partner(given.slug, given.partner), pg_temp.person(given.who), given.kind, given.subject, given.notes, given.participants,
      pg_temp.days_ago(given.days), given.minutes, given.shared, pg_temp.days_ago(given.days), pg_temp.days_ago(given.days)
    from (values
      ('northwind', 'Alpine Systems', 'partners', 'meeting', 'Introduction in Innsbruck', 'They sell to mid-size industry and resorts. Strong technicians.', 'Petra Huber', 538, 90, true),
      ('northwind', 'Alpine Systems', 'partners', 'event', 'Alpine IT days', 'Joint booth; 40 conversations.', 'Petra Huber, field team', 365, 480, true),
      ('northwind', 'Alpine Systems', 'partners', 'meeting', 'Quarterly review', 'Pipeline is ahead of plan. Wants training for two new engineers.', 'Petra Huber', 92, 60, true),
      ('northwind', 'Alpine Systems', 'vp', 'call', 'Price talk for Seebank', 'Agreed to hold the list price.', 'Petra Huber', 17, 30, false),
      ('northwind', 'Alpine Systems', 'partners', 'email', 'Plan for Switzerland', 'Sent the draft; waiting for their numbers.', null, 5, null, false),
      ('northwind', 'Brightline Security', 'rep', 'call', 'Pipeline call', 'Harbor Bank needs a reference.', 'Marcus Reed', 33, 30, false),
      ('northwind', 'Brightline Security', 'rep', 'meeting', 'Kick-off', null, 'Marcus Reed', 450, 60, true),
      ('northwind', 'Brightline Security', 'rep', 'meeting', 'Yearly review', 'Happy with lead quality, unhappy with response times.', 'Marcus Reed', 100, 60, true),
      ('northwind', 'Cobalt Data', 'sales', 'call', 'Renewal', 'Agreement ends this month. They want a better rate.', 'Irene Park', 12, 45, false),
      ('northwind', 'Cobalt Data', 'sales', 'meeting', 'Joint workshop', null, 'Irene Park', 240, 180, true),
      ('northwind', 'Delphi Consulting', 'partners', 'call', 'Why we lost Aegean Lines', 'Too late with the offer.', 'Nikos Georgiou', 210, 40, false),
      ('northwind', 'Evergreen Cloud', 'rep', 'meeting', 'First training day', null, 'Tomás Ortega', 190, 240, true),
      ('northwind', 'Fathom Analytics', 'partners', 'call', 'Introduction', 'Contract with their lawyers.', 'Aoife Brennan', 25, 30, false),
      ('northwind', 'Granite FinOps', 'sales', 'event', 'FinOps conference', 'Three new leads.', 'Hanna Vogt', 150, 480, true),
      ('northwind', 'Granite FinOps', 'vp', 'meeting', 'Executive review', 'Asked for a joint plan for next year.', 'Hanna Vogt', 60, 90, true),
      ('northwind', 'Juniper Works', 'partners', 'call', 'Why so quiet?', 'New owner; partner lead may leave.', 'Elin Strand', 30, 25, false),
      ('northwind', 'Kestrel DevOps', 'rep', 'call', 'Kite Pay scope', null, 'Owen Pryce', 21, 30, false),
      ('northwind', 'Osaka Data 大阪データ', 'sales', 'meeting', '四半期レビュー', 'Kansai Steel goes live in spring.', '田中 美咲', 44, 60, true),
      ('northwind-emea', 'Tramontana Soluciones', 'partners', 'meeting', 'Joint plan', null, 'Núria Vidal', 120, 90, true),
      ('contoso', 'Bluefin Logic', 'admin@contoso.test', 'call', 'Pipeline call', null, 'Casey Nolan', 9, 30, false)
    ) as given (slug, partner, who, kind, subject, notes, participants, days, minutes, shared)
    where given.slug = any (team.slugs);
  end loop;
end
$$;

do $$
declare
  team record;
begin
  for team in select * from pg_temp.teams('partners') loop
    perform pg_temp.act_as(team.person);
    insert into public.partner_tasks (
      organization_id, partner_id, title, description, status, priority, due_on, completed_at, assignee_id, created_by, is_shared, created_at, updated_at
    )
    select pg_temp.organization(given.slug), pg_temp.partner(given.slug, given.partner), given.title, given.description, given.status, given.priority,
      (pg_temp.days_ago(-given.due_in))::date, pg_temp.days_ago(given.done), pg_temp.person(given.who), pg_temp.person(given.who), given.shared,
      pg_temp.days_ago(given.days), pg_temp.days_ago(coalesce(given.done, given.days))
    from (values
      ('northwind', 'Alpine Systems', 'Send the price list for Switzerland', null, 'in_progress', 'high', 4, null, 'partners', true, 6),
      ('northwind', 'Alpine Systems', 'Name two engineers for the training', 'Names, addresses and a week that suits them.', 'pending', 'medium', 10, null, 'partners', true, 14),
      ('northwind', 'Alpine Systems', 'Agree the joint plan', null, 'completed', 'high', -300, 305, 'partners', true, 330),
      ('northwind', 'Alpine Systems', 'Check the reseller margin before renewal', null, 'pending', 'low', 60, null, 'vp', false, 20),
      ('northwind', 'Brightline Security', 'Find a reference for Harbor Bank', null, 'in_progress', 'urgent', -2, null, 'rep', false, 33),
      ('northwind', 'Brightline Security', 'Answer their questionnaire', null, 'completed', 'medium', -80, 84, 'rep', false, 95),
      ('northwind', 'Cobalt Data', 'Prepare the renewal', 'Ends this month.', 'in_progress', 'urgent', 9, null, 'sales', false, 30),
      ('northwind', 'Delphi Consulting', 'Win-loss talk on Aegean Lines', null, 'completed', 'medium', -205, 206, 'partners', false, 214),
      ('northwind', 'Evergreen Cloud', 'Book the second training day', null, 'pending', 'medium', 12, null, 'rep', true, 9),
      ('northwind', 'Fathom Analytics', 'Follow up on the contract', null, 'pending', 'high', 1, null, 'partners', false, 24),
      ('northwind', 'Granite FinOps', 'Draft the joint plan', null, 'pending', 'high', 20, null, 'sales', false, 15),
      ('northwind', 'Harbor & Sons Integrators', 'Take down the listing', null, 'cancelled', 'low', -100, null, 'partners', false, 115),
      ('northwind', 'Juniper Works', 'Decide whether to renew', null, 'pending', 'urgent', 14, null, 'partners', false, 30),
      ('northwind', 'Kestrel DevOps', 'Correct the registration for Kite Pay', null, 'pending', 'medium', 3, null, 'rep', false, 27),
      ('northwind', 'Osaka Data 大阪データ', 'Translate the price list', null, 'in_progress', 'medium', 18, null, 'sales', false, 40),
      ('northwind-emea', 'Tramontana Soluciones', 'Plan the spring campaign', null, 'pending', 'medium', 25, null, 'partners', false, 11),
      ('contoso', 'Bluefin Logic', 'Renew the certification', null, 'pending', 'high', 8, null, 'admin@contoso.test', false, 10)
    ) as given (slug, partner, title, description, status, priority, due_in, done, who, shared, days)
    where given.slug = any (team.slugs);
  end loop;
end
$$;

select pg_temp.act_as('partners');
insert into public.partner_task_comments (organization_id, partner_id, task_id, body, author_id, author_name, is_shared, created_at, updated_at)
select t.organization_id, t.partner_id, t.id, given.body, p.user_id, p.display_name, given.shared, pg_temp.days_ago(given.days), pg_temp.days_ago(given.days)
from (values
  ('Send the price list for Switzerland', 'partners', 'The draft is with finance, you have it by Friday.', true, 4),
  ('Find a reference for Harbor Bank', 'rep', 'Asked Pacific Credit Union, they want to think about it.', false, 12),
  ('Prepare the renewal', 'sales', 'They ask for two points more. Not without a volume target.', false, 11)
) as given (title, who, body, shared, days)
join public.partner_tasks as t on t.title = given.title
join public.profiles as p on p.user_id = pg_temp.person(given.who);

insert into public.partner_training (
  organization_id, partner_id, title, person_name, status, due_on, completed_at, expires_on, score, created_at, updated_at
)
select pg_temp.organization('northwind'), pg_temp.partner('northwind', given.partner), given.title, given.person, given.status, (pg_temp.days_ago(given.days - 30))::date,
  pg_temp.days_ago(given.done), (pg_temp.days_ago(given.done) + interval '12 months')::date, given.score, pg_temp.days_ago(given.days), pg_temp.days_ago(coalesce(given.done, given.days))
from (values
  ('Alpine Systems', 'Technical associate', 'Jonas Pichler', 'completed', 140, 120, 92),
  ('Alpine Systems', 'Sales basics', 'Petra Huber', 'expired', 500, 480, 88),
  ('Alpine Systems', 'Security specialist', 'Jonas Pichler', 'in_progress', 20, null, null),
  ('Brightline Security', 'Security specialist', 'Amy Tran', 'completed', 260, 240, 97),
  ('Evergreen Cloud', 'Sales basics', 'Tomás Ortega', 'completed', 195, 190, 81),
  ('Evergreen Cloud', 'Technical associate', 'Nina Blake', 'assigned', 9, null, null),
  ('Granite FinOps', 'Technical associate', 'Felix Kuhn', 'completed', 310, 290, 90),
  ('Kestrel DevOps', 'Technical associate', 'Rhys Morgan', 'completed', 180, 160, 76),
  ('Osaka Data 大阪データ', 'Sales basics', '山本 直樹', 'assigned', 15, null, null)
) as given (partner, title, person, status, days, done, score);

do $$
declare
  team record;
begin
  for team in select * from pg_temp.teams('partners') loop
    perform pg_temp.act_as(team.person);
    insert into public.partner_documents (organization_id, partner_id, owner_id, title, document_type, notion_url, tags, is_shared, created_at, updated_at)
    select pg_temp.organization(given.slug), pg_temp.partner(given.slug, given.partner), pg_temp.person(given.who), given.title, given.kind, 'https://www.notion.so/' || given.page,
      given.tags::text[], given.shared, pg_temp.days_ago(given.days), pg_temp.days_ago(given.days)
    from (values
      ('northwind', 'Alpine Systems', 'partners', 'Partner agreement', 'agreement', 'Alpine-Systems-agreement-4f2a', '{signed}', true, 520),
      ('northwind', 'Alpine Systems', 'partners', 'Joint plan for the year', 'plan', 'Alpine-Systems-joint-plan-91bc', '{}', true, 305),
      ('northwind', 'Alpine Systems', 'partners', 'Notes on margins', 'other', 'Alpine-Systems-margins-77d1', '{}', false, 40),
      ('northwind', 'Brightline Security', 'rep', 'Partner agreement', 'agreement', 'Brightline-agreement-a113', '{signed}', false, 430),
      ('northwind', 'Brightline Security', 'rep', 'Security questionnaire', 'other', 'Brightline-questionnaire-0be2', '{}', true, 84),
      ('northwind', 'Cobalt Data', 'sales', 'Partner agreement', 'agreement', 'Cobalt-agreement-55aa', '{signed}', false, 390),
      ('northwind', 'Granite FinOps', 'sales', 'Partner agreement', 'agreement', 'Granite-agreement-c0de', '{signed}', false, 500),
      ('northwind', 'Kestrel DevOps', 'rep', 'Campaign in spring', 'presentation', 'Kestrel-campaign-1a2b', '{}', true, 70),
      ('northwind-emea', 'Tramontana Soluciones', 'partners', 'Partner agreement', 'agreement', 'Tramontana-agreement-9c9c', '{signed}', false, 370),
      ('contoso', 'Bluefin Logic', 'admin@contoso.test', 'Partner agreement', 'agreement', 'Bluefin-agreement-3d3d', '{signed}', false, 270)
    ) as given (slug, partner, who, title, kind, page, tags, shared, days)
    where given.slug = any (team.slugs);
  end loop;
end
$$;

select pg_temp.act_as('partners');
insert into public.partner_resources (organization_id, partner_id, owner_id, title, description, url, document_type, published_at, created_at, updated_at)
select pg_temp.organization('northwind'), pg_temp.partner('northwind', given.partner), pg_temp.person('partners'), given.title, given.description, 'https://resources.northwind.example/' || given.page,
  given.kind, pg_temp.days_ago(given.published), pg_temp.days_ago(given.days), pg_temp.days_ago(given.days)
from (values
  (null, 'Sales deck', 'Twelve slides, in three languages.', 'sales-deck', 'presentation', 200, 205),
  (null, 'Price list', 'Valid until the end of the year.', 'price-list', 'price_list', 90, 92),
  ('Alpine Systems', 'Price list for resorts', null, 'price-list-resorts', 'price_list', 60, 61),
  (null, 'Price list of next year', 'Not before the board has agreed.', 'price-list-next', 'price_list', null, 5)
) as given (partner, title, description, page, kind, published, days);

