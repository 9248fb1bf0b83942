-- Assistants and every version they had. No document content, so no row-level security: all who sign in
-- pick them; which of their collections a person sees is decided by the query. No lock beyond creation.
create schema assistants;
grant usage on schema assistants to witan_app;

create table assistants.assistant (
  id         uuid        not null constraint assistant_pk primary key,
  name       text        not null,
  is_default boolean     not null default false,
  version    integer     not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index assistant_name_uq on assistants.assistant (lower(name));
create unique index assistant_default_uq on assistants.assistant (is_default) where is_default;

create table assistants.assistant_version (
  assistant_id     uuid        not null constraint assistant_version_fk references assistants.assistant on delete cascade,
  version          integer     not null,
  name             text        not null,
  description      text        not null,
  instructions     text        not null,
  everything       boolean     not null,   -- true: all that the asking person may read; false: the collections below
  passages         integer     not null constraint assistant_passages_ck check (passages between 1 and 50),
  semantic_weight  real        constraint assistant_semantic_weight_ck check (semantic_weight between 0 and 1),
  answer_sentences integer     not null constraint assistant_answer_sentences_ck check (answer_sentences between 1 and 10),
  changed_by       uuid        constraint assistant_version_person_fk references identity.person on delete set null,
  created_at       timestamptz not null,
  constraint assistant_version_pk primary key (assistant_id, version)
);

-- A deleted collection leaves the assistant with fewer, never with all.
create table assistants.assistant_collection (
  assistant_id  uuid    not null,
  version       integer not null,
  collection_id uuid    not null constraint assistant_collection_fk references catalogue.collection on delete cascade,
  constraint assistant_collection_pk primary key (assistant_id, version, collection_id),
  constraint assistant_collection_version_fk foreign key (assistant_id, version)
    references assistants.assistant_version on delete cascade
);
create index assistant_collection_ix on assistants.assistant_collection (collection_id);

grant select, insert, update, delete on all tables in schema assistants to witan_app;

insert into assistants.assistant (id, name, is_default, version, created_at, updated_at)
values ('00000000-0000-4000-8000-000000000001', 'Witan', true, 1, now(), now());
insert into assistants.assistant_version
       (assistant_id, version, name, description, instructions, everything, passages, semantic_weight, answer_sentences, created_at)
values ('00000000-0000-4000-8000-000000000001', 1, 'Witan', '', '', true, 12, null, 4, now());
