-- Sessions of signed-in people, in the columns that Spring Session 4 expects. No lock beyond creation.
create schema web;
grant usage on schema web to witan_app;

create table web.session (
  primary_id            char(36) not null constraint session_pk primary key,
  session_id            char(36) not null,
  creation_time         bigint   not null,
  last_access_time      bigint   not null,
  max_inactive_interval int      not null,
  expiry_time           bigint   not null,
  principal_name        varchar(100)                       -- the person's id
);
create unique index session_id_uq on web.session (session_id);
create index session_expiry_ix on web.session (expiry_time);
create index session_principal_ix on web.session (principal_name);

create table web.session_attributes (
  session_primary_id char(36)     not null constraint session_attributes_session_fk references web.session on delete cascade,
  attribute_name     varchar(200) not null,
  attribute_bytes    bytea        not null,
  constraint session_attributes_pk primary key (session_primary_id, attribute_name)
);

grant select, insert, update, delete on web.session, web.session_attributes to witan_app;
