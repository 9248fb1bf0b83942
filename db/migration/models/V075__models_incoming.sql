-- Files of models on their way: fetched from an address or uploaded in pieces. What has come lies in the store,
-- named by this id; only the process that has that store works on it. The address may hold a passing key.
create table models.incoming (
  id             uuid        not null constraint incoming_pk primary key,
  kind           text        not null constraint incoming_kind_ck check (kind in ('FETCH', 'UPLOAD')),
  store          uuid        not null, -- which folder of files
  url            text        constraint incoming_url_ck check ((url is not null) = (kind = 'FETCH')),
  file_name      text        not null,
  name           text,       -- null: as in the file
  licence        text,       -- null: as in the file
  sha256         text,       -- that it must have; null: not known
  total_bytes    bigint,     -- null: not known yet
  received_bytes bigint      not null,
  validator      text,       -- that the other side gives this content
  state          text        not null
                 constraint incoming_state_ck check (state in ('WAITING', 'RECEIVING', 'CHECKING', 'DONE', 'FAILED')),
  problem_code   text        constraint incoming_problem_ck check ((problem_code is not null) = (state = 'FAILED')),
  problem_title  text,
  problem_detail text,
  model_id       uuid        constraint incoming_model_fk references models.model on delete set null,
  created_at     timestamptz not null,
  created_by     uuid,       -- null: command line
  changed_at     timestamptz not null
);

grant select, insert, update, delete on models.incoming to witan_app;
