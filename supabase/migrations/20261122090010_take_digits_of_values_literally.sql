-- Digits of a value are those of ASCII: "\d" is also every other script's. An amount written in them passed, and failed further on with the
-- database's own words instead of the field's.

set local lock_timeout = '5s';

create or replace function private.custom_value_problem(field_type text, rules jsonb, value jsonb) returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  kind constant text := jsonb_typeof(value);
  written constant text := value #>> '{}';
  number numeric;
  digits integer;
  item jsonb;
  seen jsonb := '[]';
begin
  case field_type
    when 'text' then
      return case when kind <> 'string' or not private.is_line(written, 500) then
        'must be one line of at most 500 characters, without blanks at its ends' end;
    when 'long_text' then
      return case when kind <> 'string' or not private.is_prose(written, 10000) then 'must be a text of at most 10,000 characters' end;
    when 'number', 'percent' then
      if kind <> 'number' then
        return 'must be a number';
      end if;
      number := value::numeric;
      digits := coalesce((rules ->> 'precision')::integer, 6);
    when 'money' then
      digits := private.currency_exponent(value ->> 'currency');
      if kind <> 'object' or value - '{amount,currency}'::text[] <> '{}' or digits is null then
        return 'must be an amount with its currency, such as EUR or USD';
      elsif rules ->> 'currency' <> value ->> 'currency' then
        return format('must be an amount in %s', rules ->> 'currency');
      elsif jsonb_typeof(value -> 'amount') is distinct from 'string' or value ->> 'amount' !~ '^-?[0-9]{1,15}(\.[0-9]{1,6})?$' then
        return 'must be an amount such as 1250 or 1250.50';
      end if;
      number := (value ->> 'amount')::numeric;
    when 'date' then
      return case when kind <> 'string' or written !~ '^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$' or not pg_input_is_valid(written, 'date') then
        'must be a date such as 2026-12-31' end;
    when 'select' then
      return case when kind <> 'string' or not rules -> 'keys' ? written then 'must be one of its choices' end;
    when 'multi_select' then
      if kind <> 'array' or not value <@ (rules -> 'keys') then
        return 'must be some of its choices';
      end if;
      for place in 0 .. jsonb_array_length(value) - 1 loop
        item := value -> place;
        if seen @> item then
          return 'must name each choice once';
        end if;
        seen := seen || item;
      end loop;
      return null;
    when 'person' then
      return case when kind <> 'string' or written !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
        'must be an active member of the organization' end;
    when 'checkbox' then
      return case when kind <> 'boolean' then 'must be yes or no' end;
    when 'rating' then
      digits := coalesce((rules ->> 'max')::integer, 5);
      return case
        when kind <> 'number' then format('must be a whole number from 1 to %s', digits)
        when value::numeric not between 1 and digits or value::numeric % 1 <> 0 then format('must be a whole number from 1 to %s', digits)
      end;
    when 'url' then
      return case when kind <> 'string' or not private.is_web_address(written) then
        'must be a web address that begins with https:// or http://, such as https://example.com' end;
    when 'email' then
      return case when kind <> 'string' or not private.is_mail_address(written) then
        'must be an e-mail address such as name@example.com' end;
    when 'phone' then
      return case when kind <> 'string' or not private.is_phone_number(written) then 'must be a phone number such as +44 20 7946 0000' end;
  end case;
  -- Numbers, percentages and money.
  return case
    when abs(number) >= 1e15 then 'must have at most 15 digits before the point'
    when scale(trim_scale(number)) > digits then
      case digits when 0 then 'can have no digits after the point' else format('can have at most %s digits after the point', digits) end
    when number < (rules ->> 'min')::numeric or number > (rules ->> 'max')::numeric then private.json_limit_problem(
      jsonb_strip_nulls(jsonb_build_object('minimum', rules -> 'min', 'maximum', rules -> 'max')), number
    )
  end;
end
$$;
