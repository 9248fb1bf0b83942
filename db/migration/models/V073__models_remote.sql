-- Generators that run elsewhere and speak OpenAI's protocol. One of them may be what answers, in place of a model
-- of this machine. The key is encrypted by the application; without the installation's secret it says nothing.
create table models.remote_generator (
  id             uuid        not null constraint remote_generator_pk primary key,
  name           text        not null constraint remote_generator_name_ck check (length(name) between 1 and 100),
  address        text        not null constraint remote_generator_address_ck check (address ~ '^https?://'),
  model          text        not null,
  sealed_key     bytea,      -- null: it wants none
  context_tokens integer     not null constraint remote_generator_context_ck check (context_tokens >= 1024),
  added_at       timestamptz not null,
  added_by       uuid        not null
);
create unique index remote_generator_name_uq on models.remote_generator (lower(name));

grant select, insert, delete on models.remote_generator to witan_app;

alter table models.active_model
  add column remote_id uuid constraint active_model_remote_fk references models.remote_generator,
  add constraint active_model_one_ck check (model_id is null or remote_id is null);
