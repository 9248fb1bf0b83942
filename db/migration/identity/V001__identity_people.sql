-- People, groups, keys. No lock beyond creation.
create schema identity;
grant usage on schema identity to witan_app, witan_search;

create table identity.person (
  id              uuid        not null constraint person_pk primary key,
  email           text        not null,
  display_name    text        not null,
  role            text        not null constraint person_role_ck check (role in ('ADMINISTRATOR', 'MEMBER')),
  password_hash   text,                                  -- null until an invitation was used
  language        text        not null default 'en' constraint person_language_ck check (language in ('en', 'zh')),
  active          boolean     not null default true,
  created_at      timestamptz not null,
  last_sign_in_at timestamptz
);
create unique index person_email_uq on identity.person (lower(email));

create table identity.person_group (
  id         uuid        not null constraint person_group_pk primary key,
  name       text        not null,
  created_at timestamptz not null
);
create unique index person_group_name_uq on identity.person_group (lower(name));

create table identity.membership (
  group_id  uuid not null constraint membership_group_fk references identity.person_group on delete cascade,
  person_id uuid not null constraint membership_person_fk references identity.person on delete cascade,
  constraint membership_pk primary key (group_id, person_id)
);
create index membership_person_ix on identity.membership (person_id);

create table identity.api_key (
  id           uuid        not null constraint api_key_pk primary key,
  person_id    uuid        not null constraint api_key_person_fk references identity.person on delete cascade,
  name         text        not null,
  prefix       text        not null,                     -- shown in lists, not secret
  secret_hash  bytea       not null constraint api_key_secret_uq unique,
  created_at   timestamptz not null,
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
create index api_key_person_ix on identity.api_key (person_id);

-- One-time links: set-up of the first administrator, and invitations (which also reset passwords).
create table identity.one_time_link (
  token_hash bytea       not null constraint one_time_link_pk primary key,
  purpose    text        not null constraint one_time_link_purpose_ck check (purpose in ('SETUP', 'INVITATION')),
  person_id  uuid        constraint one_time_link_person_fk references identity.person on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz
);

grant select, insert, update, delete on all tables in schema identity to witan_app;
grant select on identity.person, identity.membership to witan_search;
