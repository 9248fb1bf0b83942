-- Collections and who may do what with them; the functions that every policy below asks.
create schema catalogue;
grant usage on schema catalogue to witan_app, witan_search;

create table catalogue.collection (
  id          uuid        not null constraint collection_pk primary key,
  name        text        not null,
  description text        not null default '',
  sample      boolean     not null default false,
  created_by  uuid        constraint collection_creator_fk references identity.person on delete set null,
  created_at  timestamptz not null,
  updated_at  timestamptz not null
);

-- grantee_id is a person, a group, or null for everyone who can sign in.
create table catalogue.permission (
  collection_id uuid not null constraint permission_collection_fk references catalogue.collection on delete cascade,
  person_id     uuid constraint permission_person_fk references identity.person on delete cascade,
  group_id      uuid constraint permission_group_fk references identity.person_group on delete cascade,
  access        text not null constraint permission_access_ck check (access in ('READ', 'CONTRIBUTE', 'MANAGE')),
  constraint permission_grantee_ck check (person_id is null or group_id is null)
);
create unique index permission_grantee_uq on catalogue.permission (collection_id, person_id, group_id) nulls not distinct;
create index permission_person_ix on catalogue.permission (person_id);
create index permission_group_ix on catalogue.permission (group_id);

create function catalogue.current_person() returns uuid
  language sql stable parallel safe
  set search_path = pg_catalog
  return nullif(current_setting('witan.person', true), '')::uuid;

create function catalogue.is_worker() returns boolean
  language sql stable parallel safe
  set search_path = pg_catalog
  return coalesce(current_setting('witan.worker', true), '') = 'on';

-- What an active person may do at least `access` with. Runs as witan_search, which row-level security
-- does not bind, because the policies of these very tables call it. Unknown person: no rows.
create function catalogue.collections_of(person uuid, needed text) returns setof uuid
  language sql stable security definer rows 100
  set search_path = pg_catalog
begin atomic
  select distinct p.collection_id
    from catalogue.permission p
   where exists (select 1 from identity.person q where q.id = person and q.active)
     and (   p.person_id = person
          or p.group_id in (select m.group_id from identity.membership m where m.person_id = person)
          or (p.person_id is null and p.group_id is null))
     and case needed
           when 'READ'       then true
           when 'CONTRIBUTE' then p.access in ('CONTRIBUTE', 'MANAGE')
           when 'MANAGE'     then p.access = 'MANAGE'
           else false
         end;
end;

-- The same for the transaction's own scope; a worker may do everything.
create function catalogue.permitted_collections(needed text) returns setof uuid
  language sql stable security definer rows 100
  set search_path = pg_catalog
begin atomic
  select c.id from catalogue.collection c where catalogue.is_worker()
  union
  select o from catalogue.collections_of(catalogue.current_person(), needed) o;
end;

grant select on catalogue.collection, catalogue.permission to witan_search;
grant create on schema catalogue to witan_search;
alter function catalogue.collections_of(uuid, text) owner to witan_search;
alter function catalogue.permitted_collections(text) owner to witan_search;
revoke create on schema catalogue from witan_search;
revoke execute on function catalogue.collections_of(uuid, text), catalogue.permitted_collections(text) from public;
grant execute on function catalogue.collections_of(uuid, text), catalogue.permitted_collections(text) to witan_app, witan_search;

alter table catalogue.collection enable row level security;
alter table catalogue.collection force row level security;
create policy collection_read on catalogue.collection for select
  using (id = any (array (select catalogue.permitted_collections('READ'))));
create policy collection_create on catalogue.collection for insert
  with check (catalogue.is_worker() or created_by = catalogue.current_person());
create policy collection_change on catalogue.collection for update
  using (id = any (array (select catalogue.permitted_collections('MANAGE'))));
create policy collection_delete on catalogue.collection for delete
  using (id = any (array (select catalogue.permitted_collections('MANAGE'))));

alter table catalogue.permission enable row level security;
alter table catalogue.permission force row level security;
create policy permission_read on catalogue.permission for select
  using (collection_id = any (array (select catalogue.permitted_collections('READ'))));
create policy permission_change on catalogue.permission for all
  using (collection_id = any (array (select catalogue.permitted_collections('MANAGE'))));

grant select, insert, update, delete on catalogue.collection, catalogue.permission to witan_app;
