-- Configuration is validated by the database, and a person has to understand what it says. So this is a small JSON-schema
-- validator that speaks plain words. First what concerns a single value: numbers, texts, and the formats that a text can have.

set local lock_timeout = '5s';

-- How many decimals an ISO 4217 currency has; nothing for what is none. Funds codes, metals and test codes are left out.
create or replace function private.currency_exponent(currency text) returns integer
language sql
immutable
set search_path = ''
as $$
  select case
    when currency = any ('{BIF,CLP,DJF,GNF,ISK,JPY,KMF,KRW,PYG,RWF,UGX,UYI,VND,VUV,XAF,XOF,XPF}') then 0
    when currency = any ('{BHD,IQD,JOD,KWD,LYD,OMR,TND}') then 3
    when currency = any ('{AED,AFN,ALL,AMD,AOA,ARS,AUD,AWG,AZN,BAM,BBD,BDT,BMD,BND,BOB,BRL,BSD,BTN,BWP,BYN,BZD,CAD,CDF,CHF,
      CNY,COP,CRC,CUP,CVE,CZK,DKK,DOP,DZD,EGP,ERN,ETB,EUR,FJD,FKP,GBP,GEL,GHS,GIP,GMD,GTQ,GYD,HKD,HNL,HTG,HUF,IDR,ILS,INR,IRR,
      JMD,KES,KGS,KHR,KPW,KYD,KZT,LAK,LBP,LKR,LRD,LSL,MAD,MDL,MGA,MKD,MMK,MNT,MOP,MRU,MUR,MVR,MWK,MXN,MYR,MZN,NAD,NGN,NIO,NOK,
      NPR,NZD,PAB,PEN,PGK,PHP,PKR,PLN,QAR,RON,RSD,RUB,SAR,SBD,SCR,SDG,SEK,SGD,SHP,SLE,SOS,SRD,SSP,STN,SVC,SYP,SZL,THB,TJS,TMT,
      TOP,TRY,TTD,TWD,TZS,UAH,USD,UYU,UZS,VED,VES,WST,XCD,YER,ZAR,ZMW,ZWG}') then 2
  end
$$;

-- A name as the IANA database has it and this Postgres knows it. The form comes first: Postgres would also take "EST5EDT" and
-- whatever else reads as letters and an offset.
create or replace function private.is_time_zone(name text) returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  if name !~ '^(UTC|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_]*(-[A-Za-z_]+)*){1,2}|Etc/GMT[+-]\d{1,2})$' then
    return false;
  end if;
  perform now() at time zone name;
  return true;
exception when invalid_parameter_value then
  return false;
end
$$;

create or replace function private.is_domain(name text) returns boolean
language sql
immutable
set search_path = ''
as $$
  select char_length(name) <= 253
    and name ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$'
$$;

-- What a text of this format has to be, said to a person; nothing for a format that does not exist.
create or replace function private.json_format_rule(format text) returns text
language sql
immutable
set search_path = ''
as $$
  select case format
    when 'date' then 'must be a date such as 2026-12-31'
    when 'time' then 'must be a time of day such as 09:30'
    when 'email' then 'must be an e-mail address such as name@example.com'
    when 'domain' then 'must be a domain in small letters such as example.com'
    when 'uri' then 'must be a web address that begins with https:// and a domain, such as https://example.com'
    when 'color' then 'must be one of the colours violet, teal, amber, rose, sky, green, orange and slate'
    when 'currency' then 'must be a currency such as EUR or USD'
    when 'time-zone' then 'must be a time zone such as Europe/London'
    when 'locale' then 'must be a language such as en or en-GB'
    when 'long-text' then 'must not contain control characters'
    -- Formats of things that are no texts: a percentage is a number, money an object of amount and currency.
    when 'percent' then 'must be a percentage'
    when 'money' then 'must be an amount with its currency'
  end
$$;

create or replace function private.matches_json_format(format text, value text) returns boolean
language sql
stable
set search_path = ''
as $$
  select case format
    when 'date' then value ~ '^\d{4}-\d{2}-\d{2}$' and pg_input_is_valid(value, 'date')
    when 'time' then value ~ '^([01]\d|2[0-3]):[0-5]\d$'
    when 'email' then char_length(value) <= 254
      and value ~ '^[A-Za-z0-9.!#$%&''*+/=?^_`{|}~-]{1,64}@[^@]+$' and private.is_domain(lower(split_part(value, '@', 2)))
    when 'domain' then private.is_domain(value)
    -- No user name, no number in place of a host, nothing that a browser would first rewrite (backslash, blank, control).
    when 'uri' then char_length(value) <= 2000 and value ~ '^https://[^\s\\@/?#:]+(:\d{1,5})?([/?#][^\s\\]*)?$'
      and value !~ '[[:cntrl:]]' and private.is_domain(lower(substring(value from '^https://([^/?#:]+)')))
    -- Names and no numbers: each is drawn in a light and a dark shade that can be read.
    when 'color' then value = any ('{violet,teal,amber,rose,sky,green,orange,slate}')
    when 'currency' then private.currency_exponent(value) is not null
    when 'time-zone' then private.is_time_zone(value)
    when 'locale' then value ~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$'
    else true
  end
$$;

-- A number as a person writes it.
create or replace function private.number_in_words(number numeric) returns text
language sql
immutable
set search_path = ''
as $$
  select trim_scale(number)::text
$$;

-- "must be between 0 and 100": what a limit means, whichever of its two ends are set. Nothing while the number keeps it.
create or replace function private.json_limit_problem(schema jsonb, number numeric) returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when number >= least_allowed and number <= most_allowed and number > above and number < below then null
    when least_given and most_given then format('must be between %s and %s', least_allowed, most_allowed)
    when number < least_allowed then format('must be %s or more', least_allowed)
    when number > most_allowed then format('must be %s or less', most_allowed)
    when number <= above then format('must be more than %s', above)
    else format('must be less than %s', below)
  end
  from (
    select
      schema ? 'minimum' as least_given,
      schema ? 'maximum' as most_given,
      coalesce((schema ->> 'minimum')::numeric, '-infinity') as least_allowed,
      coalesce((schema ->> 'maximum')::numeric, 'infinity') as most_allowed,
      coalesce((schema ->> 'exclusiveMinimum')::numeric, '-infinity') as above,
      coalesce((schema ->> 'exclusiveMaximum')::numeric, 'infinity') as below
  ) as limits
$$;

create or replace function private.json_number_problems(schema jsonb, number numeric) returns setof text
language sql
immutable
set search_path = ''
as $$
  select case
    -- What a browser can keep exactly, and more than any setting needs.
    when abs(number) >= 1e15 or scale(trim_scale(number)) > 6 then
      'must have at most 15 digits before the point and 6 after it'
    else private.json_limit_problem(schema, number)
  end
  union all
  select case
    when step = 1 then 'must be a whole number'
    when step in (0.1, 0.01, 0.001) then
      format('can have at most %s after the point', case step when 0.1 then 'one digit' when 0.01 then '2 digits' else '3 digits' end)
    else format('must be a multiple of %s', private.number_in_words(step))
  end
  from (select (schema ->> 'multipleOf')::numeric as step) as given
  where abs(number) < 1e15 and number % step <> 0
$$;

create or replace function private.json_text_problems(schema jsonb, value text) returns setof text
language sql
stable
set search_path = ''
as $$
  select problem
  from (values
    (case
      when char_length(btrim(value)) = 0 and coalesce((schema ->> 'minLength')::integer, 0) > 0 then 'must not be empty'
      when char_length(value) < (schema ->> 'minLength')::integer then
        format('must have at least %s characters', schema ->> 'minLength')
      when char_length(value) > (schema ->> 'maxLength')::integer then
        format('must have at most %s characters', schema ->> 'maxLength')
      when value !~ (schema ->> 'pattern') then
        coalesce('must be ' || (schema ->> 'x-pattern-help'), 'does not have the expected form')
      when not private.matches_json_format(schema ->> 'format', value) then private.json_format_rule(schema ->> 'format')
      -- Control characters, and those that turn the direction of what is around them. Lines break only where there is room.
      when value ~ '[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]'
        or value ~ '[\t\n]' and schema ->> 'format' is distinct from 'long-text' then 'must not contain control characters'
      when value <> btrim(value) then 'must not begin or end with a blank'
    end)
  ) as found (problem)
$$;

-- An amount is written as text, because a browser's numbers round; its digits after the point are those of the currency.
create or replace function private.json_money_problems(schema jsonb, value jsonb) returns table (path text, message text)
language sql
immutable
set search_path = ''
as $$
  select problem.path, problem.message
  from (
    select
      private.currency_exponent(value ->> 'currency') as decimals,
      case when value ->> 'amount' ~ '^-?\d{1,15}(\.\d{1,6})?$' then (value ->> 'amount')::numeric end as amount
  ) as given
  cross join lateral (values
    ('/currency', case when given.decimals is null then private.json_format_rule('currency') end),
    ('/amount', case
      when jsonb_typeof(value -> 'amount') is distinct from 'string' or given.amount is null then
        'must be an amount such as 1250 or 1250.50'
      when given.decimals is not null and scale(trim_scale(given.amount)) > given.decimals then
        case given.decimals
          when 0 then format('can have no digits after the point in %s', value ->> 'currency')
          else format('can have at most %s digits after the point in %s', given.decimals, value ->> 'currency')
        end
      else private.json_limit_problem(schema, given.amount)
    end)
  ) as problem (path, message)
  where problem.message is not null
$$;
