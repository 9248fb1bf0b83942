-- Who did what. No foreign keys: a line outlives whom and what it names.
create schema operations;
grant usage on schema operations to witan_app;

create table operations.audit_entry (
  id            uuid        not null constraint audit_entry_pk primary key,
  at            timestamptz not null,
  actor_id      uuid,
  actor_name    text,
  action        text        not null,
  subject_kind  text,
  subject_id    uuid,
  subject_label text,
  detail        text        not null,
  address       text
);
create index audit_entry_at_ix on operations.audit_entry (at desc, id desc);

-- Append only: no update, no delete.
grant select, insert on operations.audit_entry to witan_app;
