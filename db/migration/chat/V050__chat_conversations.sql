-- Conversations, answers and what they rest on. Each row carries its owner, so that every policy is the same
-- comparison; composite foreign keys keep the owner of a part equal to the owner of the whole.
-- No lock beyond creation.
create schema chat;
grant usage on schema chat to witan_app;

create table chat.conversation (
  id             uuid        not null constraint conversation_pk primary key,
  person_id      uuid        not null constraint conversation_person_fk references identity.person on delete cascade,
  title          text        not null,
  pinned         boolean     not null default false,
  assistant_id   uuid        constraint conversation_assistant_fk references assistants.assistant on delete set null,
  collection_ids uuid[],     -- the chosen collections; null for all
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  constraint conversation_owner_uq unique (id, person_id)
);
create index conversation_list_ix on chat.conversation (person_id, pinned desc, updated_at desc, id);
create index conversation_assistant_ix on chat.conversation (assistant_id);

create table chat.message (
  id                   uuid        not null constraint message_pk primary key,
  conversation_id      uuid        not null,
  person_id            uuid        not null,
  position             integer     not null,
  role                 text        not null constraint message_role_ck check (role in ('QUESTION', 'ANSWER')),
  text                 text        constraint message_text_ck check ((role = 'QUESTION') = (text is not null)),
  state                text        not null constraint message_state_ck check (state in ('STREAMING', 'COMPLETE', 'STOPPED', 'FAILED')),
  mode                 text        constraint message_mode_ck check (mode in ('QUOTE', 'WRITTEN', 'ABSTAINED')),
  writer               text,
  -- what an answer was made from, to make it again
  query                text,
  assistant_id         uuid        constraint message_assistant_fk references assistants.assistant on delete set null,
  assistant_version    integer,
  passages             integer,
  semantic_weight      real,
  answer_sentences     integer,
  searched_collections uuid[],
  search_millis        bigint,
  write_millis         bigint,
  total_millis         bigint,
  problem_code         text,
  problem_title        text,
  problem_detail       text,
  rating               text        constraint message_rating_ck check (rating in ('UP', 'DOWN')),
  rating_reason        text,
  created_at           timestamptz not null,
  constraint message_owner_uq unique (id, person_id),
  constraint message_position_uq unique (conversation_id, position),
  constraint message_conversation_fk foreign key (conversation_id, person_id)
    references chat.conversation (id, person_id) on delete cascade
);
-- One answer at a time in a conversation, whichever process writes it.
create unique index message_streaming_uq on chat.message (conversation_id) where state = 'STREAMING';
create index message_assistant_ix on chat.message (assistant_id);

create table chat.answer_block (
  message_id uuid    not null,
  person_id  uuid    not null,
  place      integer not null,
  kind       text    not null constraint answer_block_kind_ck check (kind in ('QUOTE', 'TEXT', 'REDACTED')),
  text       text    not null,
  constraint answer_block_pk primary key (message_id, place),
  constraint answer_block_message_fk foreign key (message_id, person_id)
    references chat.message (id, person_id) on delete cascade
);

-- Documents and collections are named by id only: what is left of them, and whether it may still be read,
-- is asked of retrieval whenever an answer is shown.
create table chat.citation (
  message_id      uuid        not null,
  person_id       uuid        not null,
  number          integer     not null,
  place           integer     not null,
  document_id     uuid        not null,
  text_version_id uuid        not null,
  collection_id   uuid        not null,
  title           text        not null,
  heading         text        not null,
  page            integer,
  revision        integer     not null,
  uploaded_at     timestamptz not null,
  start_offset    integer     not null,
  end_offset      integer     not null,
  quote           text        not null,
  erased          boolean     not null default false,
  constraint citation_pk primary key (message_id, number),
  constraint citation_range_ck check (0 <= start_offset and start_offset < end_offset),
  constraint citation_message_fk foreign key (message_id, person_id)
    references chat.message (id, person_id) on delete cascade,
  constraint citation_block_fk foreign key (message_id, place)
    references chat.answer_block (message_id, place) on delete cascade
);
create index citation_document_ix on chat.citation (document_id);

-- The passages that the search gave, best first; their text stays in retrieval.
create table chat.considered_passage (
  message_id      uuid    not null,
  person_id       uuid    not null,
  rank            integer not null,
  passage_id      uuid    not null,
  document_id     uuid    not null,
  text_version_id uuid    not null,
  collection_id   uuid    not null,
  heading         text    not null,
  page            integer,
  start_offset    integer not null,
  end_offset      integer not null,
  constraint considered_passage_pk primary key (message_id, rank),
  constraint considered_passage_message_fk foreign key (message_id, person_id)
    references chat.message (id, person_id) on delete cascade
);
create index considered_passage_document_ix on chat.considered_passage (document_id);

do $$
declare
  name text;
begin
  foreach name in array array['conversation', 'message', 'answer_block', 'citation', 'considered_passage'] loop
    execute format('alter table chat.%I enable row level security', name);
    execute format('alter table chat.%I force row level security', name);
    execute format(
      'create policy %I on chat.%I using (person_id = catalogue.current_person() or catalogue.is_worker())',
      name || '_owner', name);
  end loop;
end $$;

grant select, insert, update, delete on all tables in schema chat to witan_app;

-- Takes what answers quote from a document out of everybody's conversations. Whoever's transaction removes the
-- document, this one step of it is background work.
create function chat.erase_document(document uuid) returns void
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
  update chat.citation c
     set quote = '', title = '', heading = '', page = null, erased = true
   where c.document_id = document;
  delete from chat.considered_passage p where p.document_id = document;
  perform set_config('witan.worker', worker, true);
end $$;
revoke execute on function chat.erase_document(uuid) from public;
grant execute on function chat.erase_document(uuid) to witan_app;
