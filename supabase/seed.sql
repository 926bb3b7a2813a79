-- Demo data for a local stack, small enough to read. It never runs on a hosted project unless somebody asks for it.
-- Everybody's password is `workspace-demo`; the people are those of the demo organizations.

do $$
declare
  address text;
  person_id uuid;
begin
  foreach address in array array[
    'admin@northwind.test', 'vp@northwind.test', 'sales@northwind.test', 'partners@northwind.test', 'rep@northwind.test',
    'data@northwind.test', 'both@northwind.test', 'admin@contoso.test', 'partner@alpine.test', 'nobody@example.test'
  ] loop
    if exists (select from auth.users where email = address) then
      continue;
    end if;
    insert into auth.users (
      instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
      created_at, updated_at, confirmation_token, recovery_token, email_change, email_change_token_new,
      email_change_token_current, phone_change, phone_change_token, reauthentication_token
    )
    values (
      '00000000-0000-0000-0000-000000000000', gen_random_uuid(), 'authenticated', 'authenticated', address,
      extensions.crypt('workspace-demo', extensions.gen_salt('bf', 10)), now(),
      '{"provider": "email", "providers": ["email"]}', '{}', now(), now(), '', '', '', '', '', '', '', ''
    )
    returning id into person_id;
    insert into auth.identities (user_id, provider_id, provider, identity_data, last_sign_in_at, created_at, updated_at)
    values (
      person_id, person_id::text, 'email',
      jsonb_build_object('sub', person_id, 'email', address, 'email_verified', true, 'phone_verified', false),
      now(), now(), now()
    );
  end loop;
end
$$;
