-- Text-generating models that an administrator added. The files lie in the state directory, named by their
-- content; a row without its file (another machine, a restored backup) is shown as missing.
create schema models;
grant usage on schema models to witan_app;

create table models.model (
  id                    uuid        not null constraint model_pk primary key,
  name                  text        not null constraint model_name_uq unique
                                    constraint model_name_ck check (length(name) between 1 and 100),
  sha256                text        not null constraint model_sha256_uq unique
                                    constraint model_sha256_ck check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes                 bigint      not null,
  file_name             text        not null, -- as it was added
  licence               text        not null, -- empty if neither the file nor the administrator says
  architecture          text        not null,
  format                text        not null, -- of most of the weights
  parameters            bigint      not null,
  active_parameters     bigint      not null,
  experts               integer     not null, -- 0 for a dense model
  experts_used          integer     not null,
  context_tokens        integer     not null,
  vocabulary            integer     not null,
  chat_template         boolean     not null,
  cache_bytes_per_token bigint      not null,
  added_at              timestamptz not null,
  added_by              uuid
);

grant select, insert, delete on models.model to witan_app;
