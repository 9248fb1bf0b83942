-- What a written answer was made from: the model, how it chose its words, and what it was given to read.
-- Nothing here is text of a document. New tables only; the replaced function takes no lock on data.
create table chat.writing (
  message_id      uuid    not null constraint writing_pk primary key,
  person_id       uuid    not null,
  model_id        text    not null,
  model_name      text    not null,
  local           boolean not null,
  temperature     real    not null,
  top_k           integer not null,
  top_p           real    not null,
  min_p           real    not null,
  seed            bigint  not null,
  max_tokens      integer not null,
  prompt_version  integer not null,
  prompt_tokens   integer not null,
  read_passages   integer not null,
  read_tokens     integer not null,
  found           integer not null,
  found_read      integer not null,
  limited_by      text    constraint writing_limit_ck check (limited_by in ('CONTEXT', 'SPEED')),
  -- null until it has ended
  cut_off            boolean,
  generated_tokens   integer,
  reused_tokens      integer,
  queued_millis      bigint,
  first_token_millis bigint,
  dropped_markers    integer,
  constraint writing_message_fk foreign key (message_id, person_id)
    references chat.message (id, person_id) on delete cascade
);

-- A statement without a citation may rest on any of these.
create table chat.read_stretch (
  message_id      uuid    not null,
  person_id       uuid    not null,
  number          integer not null,
  document_id     uuid    not null,
  text_version_id uuid    not null,
  collection_id   uuid    not null,
  start_offset    integer not null,
  end_offset      integer not null,
  constraint read_stretch_pk primary key (message_id, number),
  constraint read_stretch_message_fk foreign key (message_id, person_id)
    references chat.message (id, person_id) on delete cascade
);
create index read_stretch_document_ix on chat.read_stretch (document_id);

do $$
declare
  name text;
begin
  foreach name in array array['writing', 'read_stretch'] loop
    execute format('alter table chat.%I enable row level security', name);
    execute format('alter table chat.%I force row level security', name);
    execute format(
      'create policy %I on chat.%I using (person_id = catalogue.current_person() or catalogue.is_worker())',
      name || '_owner', name);
  end loop;
end $$;

grant select, insert, update, delete on chat.writing, chat.read_stretch to witan_app;

-- As before, and with the written text that has no citation of its own.
create or replace function chat.erase_document(document uuid) returns void
  language plpgsql
  set search_path = pg_catalog
as $$
declare
  worker text := coalesce(current_setting('witan.worker', true), '');
begin
  perform set_config('witan.worker', 'on', true);
  update chat.answer_block b
     set kind = 'REDACTED', text = ''
   where (b.message_id, b.place) in (select c.message_id, c.place from chat.citation c where c.document_id = document);
  update chat.answer_block b
     set kind = 'REDACTED', text = ''
   where b.kind = 'TEXT'
     and b.message_id in (select r.message_id from chat.read_stretch r where r.document_id = document)
     and not exists (select from chat.citation c where c.message_id = b.message_id and c.place = b.place);
  update chat.citation c
     set quote = '', title = '', heading = '', page = null, erased = true
   where c.document_id = document;
  delete from chat.considered_passage p where p.document_id = document;
  perform set_config('witan.worker', worker, true);
end $$;
