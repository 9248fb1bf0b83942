-- Documents, their revisions, original bytes and extracted texts. No lock beyond creation.
-- Every table carries collection_id, tied to its parent's by a composite key, so that each policy is one
-- comparison with the scope's collections and needs no join.
create schema documents;
grant usage on schema documents to witan_app;

create table documents.document (
  id            uuid        not null constraint document_pk primary key,
  collection_id uuid        not null constraint document_collection_fk references catalogue.collection on delete cascade,
  title         text        not null,
  file_name     text        not null,                     -- with the folders it was uploaded from
  owner_id      uuid        constraint document_owner_fk references identity.person on delete set null,
  revision      int         not null,                     -- number of the newest revision
  created_at    timestamptz not null,
  updated_at    timestamptz not null,                     -- uploaded, indexed, failed; not every step
  constraint document_collection_uq unique (id, collection_id)
);
create unique index document_file_name_uq on documents.document (collection_id, file_name);
create index document_updated_ix on documents.document (collection_id, updated_at desc, id);
create index document_owner_ix on documents.document (owner_id);

create table documents.revision (
  id              uuid        not null constraint revision_pk primary key,
  document_id     uuid        not null,
  collection_id   uuid        not null,
  number          int         not null,
  file_name       text        not null,
  media_type      text        not null,
  format          text        not null,
  bytes           bigint      not null,
  sha256          bytea       not null,
  uploaded_by     uuid        constraint revision_uploader_fk references identity.person on delete set null,
  uploaded_at     timestamptz not null,
  state           text        not null constraint revision_state_ck check (state in ('QUEUED', 'PROCESSING', 'INDEXED', 'FAILED')),
  stage           text        not null constraint revision_stage_ck check (stage in ('STORED', 'EXTRACTING', 'CHUNKING', 'EMBEDDING', 'INDEXED')),
  progress        real        not null default 0,         -- 0 to 1 over all stages
  answering       boolean     not null default false,     -- its passages are the ones that are searched
  text_version_id uuid,
  pages           int,
  passages        int,
  language        text,
  problem_code    text,
  problem_title   text,
  problem_detail  text,
  warning_code    text,
  warning_title   text,
  warning_detail  text,
  constraint revision_document_fk foreign key (document_id, collection_id)
    references documents.document (id, collection_id) on delete cascade,
  constraint revision_number_uq unique (document_id, number),
  constraint revision_collection_uq unique (id, collection_id)
);
create unique index revision_answering_uq on documents.revision (document_id) where answering;
create index revision_sha256_ix on documents.revision (sha256);
create index revision_uploader_ix on documents.revision (uploaded_by);
create index revision_collection_ix on documents.revision (collection_id, state);

-- An original belongs to no revision while it is being received.
create table documents.original (
  id            uuid        not null constraint original_pk primary key,
  collection_id uuid        not null constraint original_collection_fk references catalogue.collection on delete cascade,
  revision_id   uuid        constraint original_revision_uq unique,
  started_at    timestamptz not null,
  constraint original_id_collection_uq unique (id, collection_id),
  constraint original_revision_fk foreign key (revision_id) references documents.revision on delete cascade
);
create index original_unused_ix on documents.original (started_at) where revision_id is null;
create index original_collection_ix on documents.original (collection_id);

create table documents.original_part (
  original_id   uuid  not null,
  part          int   not null,
  collection_id uuid  not null,
  content       bytea not null constraint original_part_size_ck check (length(content) between 1 and 1048576),
  constraint original_part_pk primary key (original_id, part),
  constraint original_part_original_fk foreign key (original_id, collection_id)
    references documents.original (id, collection_id) on delete cascade
);
alter table documents.original_part alter column content set storage external;

-- A text version never changes: extracting again makes another one. Offsets count UTF-16 code units.
create table documents.text_version (
  id            uuid        not null constraint text_version_pk primary key,
  revision_id   uuid        not null,
  collection_id uuid        not null,
  extractor     text        not null,
  sha256        bytea       not null,                     -- of the text in UTF-8
  length        int         not null,
  media_type    text        not null,
  format        text        not null,
  page_count    int,
  title         text,
  blocks        jsonb       not null,                     -- [[kind, level, start, end], …]
  warnings      jsonb       not null,                     -- [[code, detail], …]
  created_at    timestamptz not null,
  constraint text_version_revision_fk foreign key (revision_id, collection_id)
    references documents.revision (id, collection_id) on delete cascade,
  constraint text_version_collection_uq unique (id, collection_id),
  constraint text_version_content_uq unique (revision_id, extractor, sha256)
);
alter table documents.revision add constraint revision_text_version_fk
  foreign key (text_version_id) references documents.text_version on delete set null;
create index revision_text_version_ix on documents.revision (text_version_id);

-- The text in pieces, so that a window of a long text is read without the rest.
create table documents.text_part (
  text_version_id uuid not null,
  start_at        int  not null,
  end_at          int  not null,
  collection_id   uuid not null,
  content         text not null,
  constraint text_part_pk primary key (text_version_id, start_at),
  constraint text_part_version_fk foreign key (text_version_id, collection_id)
    references documents.text_version (id, collection_id) on delete cascade
);

create table documents.page_layout (
  text_version_id uuid  not null,
  page            int   not null,
  start_at        int   not null,
  end_at          int   not null,
  width           real  not null,
  height          real  not null,
  collection_id   uuid  not null,
  lines           bytea not null,                         -- 24 bytes a line: start, end, x, y, width, height; big-endian
  constraint page_layout_pk primary key (text_version_id, page),
  constraint page_layout_version_fk foreign key (text_version_id, collection_id)
    references documents.text_version (id, collection_id) on delete cascade
);

create table documents.chunk (
  text_version_id uuid not null,
  ordinal         int  not null,
  start_at        int  not null,
  end_at          int  not null,
  collection_id   uuid not null,
  heading_path    text not null,
  language        text not null,
  page            int,
  constraint chunk_pk primary key (text_version_id, ordinal),
  constraint chunk_version_fk foreign key (text_version_id, collection_id)
    references documents.text_version (id, collection_id) on delete cascade
);

do $$
declare
  name text;
begin
  foreach name in array array ['document', 'revision', 'original', 'original_part', 'text_version', 'text_part',
                               'page_layout', 'chunk'] loop
    execute format('alter table documents.%I enable row level security', name);
    execute format('alter table documents.%I force row level security', name);
    execute format($policy$create policy %I on documents.%I for select
      using (collection_id = any (array (select catalogue.permitted_collections('READ'))))$policy$, name || '_read', name);
    execute format($policy$create policy %I on documents.%I for insert
      with check (collection_id = any (array (select catalogue.permitted_collections('CONTRIBUTE'))))$policy$, name || '_add', name);
    execute format($policy$create policy %I on documents.%I for update
      using (collection_id = any (array (select catalogue.permitted_collections('CONTRIBUTE'))))$policy$, name || '_change', name);
    execute format($policy$create policy %I on documents.%I for delete
      using (collection_id = any (array (select catalogue.permitted_collections('CONTRIBUTE'))))$policy$, name || '_remove', name);
  end loop;
end;
$$;

-- What is immutable gets no update.
grant select, insert, update, delete on documents.document, documents.revision, documents.original to witan_app;
grant select, insert, delete on documents.original_part, documents.text_version, documents.text_part,
  documents.page_layout, documents.chunk to witan_app;

-- News for whoever shows documents live, in this process or another: ids only, delivered at commit.
create function documents.announce() returns trigger
  language plpgsql
  set search_path = pg_catalog
as $$
begin
  if tg_table_name = 'revision' then
    perform pg_notify('witan_documents', 'changed ' || new.document_id);
  elsif tg_op = 'DELETE' then
    perform pg_notify('witan_documents', 'deleted ' || old.id || ' ' || old.collection_id);
  else
    perform pg_notify('witan_documents', 'changed ' || new.id);
  end if;
  return null;
end;
$$;
create trigger document_announce after insert or update or delete on documents.document
  for each row execute function documents.announce();
create trigger revision_announce after insert or update on documents.revision
  for each row execute function documents.announce();
