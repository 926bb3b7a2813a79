-- Lines, links, addresses, amounts: what every table of partners takes and what it refuses.
begin;
create extension if not exists pgtap with schema extensions;
select plan(68);

select ok(private.is_web_address(value), format('%L is a link', value))
from unnest(array[
  'https://acme.com', 'http://www.acme.co.uk:8080/a-b/c.-d?x=1#y', 'https://müller.de/straße', 'https://a-b.example', 'https://x1.io/?q=a:b@c',
  'https://' || repeat('a', 63) || '.example'
]) as value;
select ok(not private.is_web_address(value), format('%L is none', value))
from unnest(array[
  'javascript:alert(1)', E'java\tscript:alert(1)', ' https://acme.com', 'data:text/html,x', 'ftp://acme.com', '//acme.com', 'https:acme.com',
  'https://user@acme.com', 'https://acme.com\@evil.example', 'https://localhost', 'https://127.0.0.1/', 'https://[::1]/', 'https://-acme.com',
  'https://acme-.com', 'https://acme..com', 'https://acme.com:123456', E'https://acme.com/\nx', 'https://acme.com/ x', 'https://acme.com/"x',
  'https://acme.com/<x>', E'https://acme.com/\u202ex', 'HTTPS://acme.com', 'https://', '', 'https://' || repeat('a', 64) || '.example',
  'https://acme.com/' || repeat('x', 2000)
]) as value;
select ok(private.is_mail_address(value), format('%L is an address', value))
from unnest(array['sam@acme.com', 'a.b+c@x-y.example', 'Sam@Acme.COM', repeat('a', 64) || '@acme.com']) as value;
select ok(not private.is_mail_address(value), format('%L is none', value))
from unnest(array[
  'sam', 'sam@', '@acme.com', 'sam@acme', 'sam@@acme.com', 'sam@acme.com,eve@evil.example', 'Sam <sam@acme.com>', 'sam @acme.com', E'sam@acme.com\n',
  'sam@-acme.com', repeat('a', 65) || '@acme.com', 'sam@1.2.3.4'
]) as value;
select is(private.web_domain(given), wanted, format('%L stands for %L', given, wanted))
from (values
  ('https://www.Acme.com/about', 'acme.com'), ('sam@acme.com', 'acme.com'), ('acme.co.uk:80/x?y', 'acme.co.uk'), ('WWW.acme.com.', 'acme.com'),
  ('mailto:sam@acme.com', 'acme.com'), ('nonsense', null), ('http://127.0.0.1', null), ('', null)
) as known (given, wanted);
select ok(private.is_free_mail(domain), domain || ' is for everybody') from unnest('{gmail.com,yahoo.co.uk,web.de,outlook.fr}'::text[]) as domain;
select ok(not private.is_free_mail(domain), domain || ' is somebody''s') from unnest('{acme.com,mail-order.example}'::text[]) as domain;
select ok(private.is_amount(amount, currency) = wanted, format('%s %s', amount, currency))
from (values
  (10.99, 'EUR', true), (10.999, 'EUR', false), (10.5, 'JPY', false), (10.125, 'KWD', true), ('NaN', 'EUR', false), ('Infinity', 'EUR', false)
) as known (amount, currency, wanted);

select * from finish();
rollback;
