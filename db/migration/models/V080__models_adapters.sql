-- LoRA adapters that an administrator added to a model. Their files lie beside those of the models, named by content.
create table models.adapter (
  id         uuid        not null constraint adapter_pk primary key,
  model_id   uuid        not null constraint adapter_model_fk references models.model on delete cascade,
  name       text        not null constraint adapter_name_ck check (name ~ '^[^:[:cntrl:]]{1,64}$'),
  sha256     text        not null constraint adapter_sha256_ck check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes      bigint      not null,
  file_name  text        not null, -- as it was added
  matrices   integer     not null, -- of the model that it changes
  added_at   timestamptz not null,
  added_by   uuid,
  constraint adapter_content_uq unique (model_id, sha256)
);
create unique index adapter_name_uq on models.adapter (model_id, lower(name));

grant select, insert, delete on models.adapter to witan_app;
