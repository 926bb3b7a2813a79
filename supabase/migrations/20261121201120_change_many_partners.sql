-- The directory changes many partners at once: in one statement, for all of them or for none, and with what was there before, so
-- that it can be taken back.

set local lock_timeout = '5s';

-- An ordinary update under the caller's rights: the policies decide. Whoever names one partner too many changes none of them.
create or replace function public.bulk_update_partners(organization uuid, partners uuid[], changes jsonb)
returns table (id uuid, version bigint, before jsonb)
language plpgsql
volatile
set search_path = ''
as $$
declare
  allowed constant text[] := '{status,tier,owner_id,region,domain,add_tags,remove_tags}';
  unknown constant text := (select min(key) from jsonb_object_keys(changes) as key where key <> all (allowed));
  wanted constant bigint := (select count(distinct p) from unnest(partners) as p);
  -- Taken in the same order by everybody, so that two who change the same partners wait for each other and not in a circle.
  there constant bigint := (
    select count(*) from (
      select from public.partners as p
      where p.organization_id = organization and p.id = any (partners) and p.archived_at is null
      order by p.id for update
    ) as locked
  );
  done bigint;
begin
  if unknown is not null or changes = '{}' then
    raise exception 'Many partners at once can be given a status, tier, owner, region, domain or tags, and nothing else.'
      using errcode = 'PW052';
  elsif wanted > 1000 then
    raise exception 'At most 1,000 partners can be changed at once.' using errcode = 'PW052';
  end if;
  return query
  with was as (
    select p.id, jsonb_build_object(
      'status', p.status, 'tier', p.tier, 'owner_id', p.owner_id, 'region', p.region, 'domain', p.domain, 'tags', p.tags
    ) as row
    from public.partners as p
    where p.organization_id = organization and p.id = any (partners) and p.archived_at is null
  )
  update public.partners as p
  set
    status = case when changes ? 'status' then changes ->> 'status' else p.status end,
    tier = case when changes ? 'tier' then changes ->> 'tier' else p.tier end,
    owner_id = case when changes ? 'owner_id' then (changes ->> 'owner_id')::uuid else p.owner_id end,
    region = case when changes ? 'region' then changes ->> 'region' else p.region end,
    domain = case when changes ? 'domain' then changes ->> 'domain' else p.domain end,
    tags = case when changes ?| '{add_tags,remove_tags}' then array(
      select tag from (
        select tag, min(place) as place
        from unnest(p.tags || array(select jsonb_array_elements_text(coalesce(changes -> 'add_tags', '[]'))))
          with ordinality as all_tags (tag, place)
        group by tag
      ) as each_once
      where tag not in (select jsonb_array_elements_text(coalesce(changes -> 'remove_tags', '[]')))
      order by place
    ) else p.tags end
  from was
  where p.organization_id = organization and p.id = was.id
  returning p.id, p.version, was.row;
  get diagnostics done = row_count;
  if done <> wanted or there <> wanted then
    raise exception '% of % partners cannot be changed by you, so none was.', wanted - least(done, there), wanted using errcode = 'PW053';
  end if;
end
$$;

comment on function public.bulk_update_partners is
  'Changes status, tier, owner_id, region, domain, add_tags, remove_tags of up to 1,000 partners, or of none; answers with what was there before.';

-- Definer, because archived_at is not granted: its own permission is asked for here.
create or replace function private.archive_partners(organization uuid, partners uuid[], archive boolean) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  wanted constant bigint := (select count(distinct p) from unnest(partners) as p);
  changed uuid[];
begin
  if not private.can(organization, 'partners.archive') then
    return private.refuse(organization, 'archive_partners', 'partners', partners[1]::text);
  elsif archive is null or wanted > 1000 then
    raise exception 'Say whether to archive, and name at most 1,000 partners.' using errcode = 'PW052';
  end if;
  if wanted <> (
    select count(*) from (
      select from public.partners as p where p.organization_id = organization and p.id = any (partners) order by p.id for update
    ) as locked
  ) then
    raise exception 'One of these partners does not exist in the organization.' using errcode = 'PW012';
  end if;
  with updated as (
    update public.partners as p
    set archived_at = case when archive then now() end
    where p.organization_id = organization and p.id = any (partners) and (p.archived_at is null) = archive
    returning p.id
  )
  select coalesce(array_agg(u.id), '{}') into changed from updated as u;
  return to_jsonb(changed);
end
$$;

create or replace function public.archive_partners(organization uuid, partners uuid[], archive boolean default true) returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.archive_partners(organization, partners, archive)
$$;

comment on function public.archive_partners is 'Puts partners away, or brings them back; answers with the ids of those that changed.';

-- anon is deliberately absent.
grant execute on function
  public.bulk_update_partners(uuid, uuid[], jsonb), private.archive_partners(uuid, uuid[], boolean), public.archive_partners(uuid, uuid[], boolean)
to authenticated;
