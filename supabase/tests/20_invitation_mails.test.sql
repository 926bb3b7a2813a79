-- How many invitations can be mailed: so many for an organization in an hour, and few to one address.
begin;
select plan(8);

insert into public.organizations (name, slug, seat_limit) values ('Mailing', 'mailing-test', 1000), ('Quiet', 'quiet-test', 1000);
insert into public.memberships (organization_id, user_id, role_id, display_name, email, avatar_color)
select o.id, p.user_id, r.id, p.display_name, p.email, p.avatar_color
from public.organizations as o
join public.roles as r on r.organization_id = o.id and r.key = 'org_admin'
join public.profiles as p on p.email = 'admin@northwind.test'
where o.slug in ('mailing-test', 'quiet-test');

create function pg_temp.invite(slug text, address text) returns void language sql as $$
  insert into public.invitations (organization_id, email, role_id, token_hash, invited_by, expires_at)
  select o.id, invite.address, r.id, sha256(gen_random_uuid()::text::bytea), p.user_id, now() + interval '7 days'
  from public.organizations as o
  join public.roles as r on r.organization_id = o.id and r.key = 'vp'
  join public.profiles as p on p.email = 'admin@northwind.test'
  where o.slug = invite.slug
$$;

create function pg_temp.send_again(address text) returns void language sql as $$
  update public.invitations set token_hash = sha256(gen_random_uuid()::text::bytea) where email = address
$$;

select lives_ok($$ select pg_temp.invite('mailing-test', 'one@invited.test') $$, 'an invitation goes out');
select lives_ok($$ select pg_temp.send_again('one@invited.test') from generate_series(1, 4) $$, 'and four times again');
select throws_ok($$ select pg_temp.send_again('one@invited.test') $$, 'PW030', null, 'the sixth mail to one address does not');
select lives_ok($$ update public.invitations set revoked_at = now() where email = 'one@invited.test' $$, 'what sends nothing is not counted');
select throws_ok($$ select pg_temp.invite('mailing-test', 'one@invited.test') $$, 'PW030', null, 'a new invitation is a mail as well');
select throws_ok(
  $$ select pg_temp.invite('mailing-test', 'n' || n || '@invited.test') from generate_series(1, 196) as n $$,
  'PW030', null, 'more than 200 mails in an hour do not go out'
);
select lives_ok($$ select pg_temp.invite('quiet-test', 'one@invited.test') $$, 'another organization has a limit of its own');

update private.invitation_mails set asked_at = now() - interval '61 minutes';
select pg_temp.invite('mailing-test', 'one@invited.test');
select is(
  (
    select count(*)::int from private.invitation_mails as m
    join public.organizations as o on o.id = m.organization_id and o.slug = 'mailing-test'
  ),
  1, 'after an hour there is room again, and the addresses of before are gone'
);

select * from finish();
rollback;
