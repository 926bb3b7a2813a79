-- Where many rows come in at once, their checks were a third of the work. A domain that is written as it should be needs no rewriting
-- to be found the same, and a currency has to be looked up once.

set local lock_timeout = '5s';

create or replace function private.web_domain(value text) returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when value ~ '^[a-z0-9.-]+$' and not starts_with(value, 'www.') and private.is_host_name(value) then value
    else (
      select case when private.is_host_name(host) then host end
      from (
        select regexp_replace(
          regexp_replace(
            regexp_replace(lower(btrim(value)), '^([a-z][a-z0-9+.-]*://|mailto:)?([^/?#]*@)?', ''),
            '(:[0-9]*)?([/?#].*)?$', ''
          ),
          '^www\.|\.$', '', 'g'
        ) as host
      ) as found
    )
  end
$$;

create or replace function private.is_amount(amount numeric, currency text) returns boolean
language sql
immutable
set search_path = ''
as $$
  select case
    when amount is null or currency is null then amount is null and currency is null
    -- NaN is larger than every number; what is no currency has no coins, and so no answer.
    else coalesce(amount >= 0 and amount < 1e15 and amount = round(amount, private.currency_exponent(currency)), false)
  end
$$;
