-- Demo data for a local stack, small enough to read. It never runs on a hosted project unless somebody asks for it.
-- Everybody's password is `workspace-demo`. The tenant "Northwind Group" stands above two organizations; Contoso is unrelated.

do $$
declare
  person record;
  person_id uuid;
begin
  for person in
    select * from (values
      ('admin@northwind.test', 'Anna Lindqvist', 'violet'),
      ('vp@northwind.test', 'Victoria Okafor', 'slate'),
      ('sales@northwind.test', 'James Tran', 'orange'),
      ('partners@northwind.test', 'Mara Köhler', 'teal'),
      ('rep@northwind.test', 'Sofia Reyes', 'rose'),
      ('data@northwind.test', 'Daniel Novák', 'sky'),
      ('both@northwind.test', 'Béatrice Moreau', 'green'),
      ('admin@contoso.test', 'Carlos Mendes', 'amber'),
      ('partner@alpine.test', 'Petra Huber', 'teal'),
      ('nobody@example.test', 'Noa Brandt', 'slate')
    ) as given (address, display_name, color)
  loop
    if exists (select from auth.users where email = person.address) then
      continue;
    end if;
    insert into auth.users (
      instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
      created_at, updated_at, confirmation_token, recovery_token, email_change, email_change_token_new,
      email_change_token_current, phone_change, phone_change_token, reauthentication_token
    )
    values (
      '00000000-0000-0000-0000-000000000000', gen_random_uuid(), 'authenticated', 'authenticated', person.address,
      extensions.crypt('workspace-demo', extensions.gen_salt('bf', 10)), now(),
      '{"provider": "email", "providers": ["email"]}', jsonb_build_object('display_name', person.display_name),
      now(), now(), '', '', '', '', '', '', '', ''
    )
    returning id into person_id;
    insert into auth.identities (user_id, provider_id, provider, identity_data, last_sign_in_at, created_at, updated_at)
    values (
      person_id, person_id::text, 'email',
      jsonb_build_object('sub', person_id, 'email', person.address, 'email_verified', true, 'phone_verified', false),
      now(), now(), now()
    );
    update public.profiles set avatar_color = person.color where user_id = person_id;
  end loop;
end
$$;

insert into public.organizations (name, slug, subscription_tier, seat_limit) values
  ('Northwind Group', 'northwind-group', 'enterprise', 5),
  ('Contoso', 'contoso', 'basic', 10)
on conflict (slug) do nothing;

insert into public.organizations (parent_id, name, slug, subscription_tier, seat_limit)
select tenant.id, given.name, given.slug, 'enterprise', given.seat_limit
from (values ('Northwind', 'northwind', 50), ('Northwind EMEA', 'northwind-emea', 25)) as given (name, slug, seat_limit)
join public.organizations as tenant on tenant.slug = 'northwind-group'
on conflict (slug) do nothing;

insert into public.memberships (organization_id, user_id, role_id, display_name, email, avatar_color, joined_at)
select o.id, p.user_id, r.id, p.display_name, p.email, p.avatar_color, now() - given.since::interval
from (values
  ('northwind-group', 'admin@northwind.test', 'org_admin', '540 days'),
  ('northwind', 'admin@northwind.test', 'org_admin', '540 days'),
  ('northwind', 'vp@northwind.test', 'vp', '538 days'),
  ('northwind', 'sales@northwind.test', 'sales_manager', '500 days'),
  ('northwind', 'partners@northwind.test', 'partnership_manager', '490 days'),
  ('northwind', 'rep@northwind.test', 'sales_rep', '320 days'),
  ('northwind', 'data@northwind.test', 'data_team', '210 days'),
  ('northwind', 'both@northwind.test', 'partnership_manager', '90 days'),
  ('northwind-emea', 'admin@northwind.test', 'org_admin', '400 days'),
  ('northwind-emea', 'vp@northwind.test', 'vp', '400 days'),
  ('northwind-emea', 'partners@northwind.test', 'partnership_manager', '380 days'),
  ('contoso', 'admin@contoso.test', 'org_admin', '300 days'),
  ('contoso', 'both@northwind.test', 'sales_rep', '60 days')
) as given (slug, email, role_key, since)
join public.organizations as o on o.slug = given.slug
join public.profiles as p on p.email = given.email
join public.roles as r on r.organization_id = o.id and r.key = given.role_key
on conflict (organization_id, user_id) do nothing;
