-- What can be searched: sources (text versions), passages, full text, vectors and term statistics.
-- New tables only; no lock beyond creation. The door through which all of it is searched is V021.
create schema retrieval;
grant usage on schema retrieval to witan_app, witan_search;

-- A text version that was indexed. Superseded ones keep their row, for citations made from them.
create table retrieval.source (
  id            uuid        not null constraint source_pk primary key,
  document_id   uuid        not null,
  collection_id uuid        not null constraint source_collection_fk references catalogue.collection on delete cascade,
  title         text        not null,
  revision      integer     not null,
  uploaded_at   timestamptz not null,
  current       boolean     not null,
  constraint source_collection_uq unique (id, collection_id)
);
create index source_document_ix on retrieval.source (document_id);
create index source_collection_ix on retrieval.source (collection_id);
create unique index source_current_uq on retrieval.source (document_id) where current;

-- The collection is repeated in passages and vectors, because every search filters by it; the foreign keys
-- of two columns keep the copies true.
create table retrieval.passage (
  id            uuid     not null constraint passage_pk primary key,
  source_id     uuid     not null,
  collection_id uuid     not null,
  ordinal       integer  not null,
  start_offset  integer  not null constraint passage_start_ck check (start_offset >= 0), -- UTF-16 code units
  end_offset    integer  not null,
  heading       text     not null,
  language      text     not null constraint passage_language_ck check (language in ('en', 'zh')),
  page          integer,
  text          text     not null,
  terms         tsvector not null,  -- title, heading and text, analysed in Java
  term_count    integer  not null,
  constraint passage_source_fk foreign key (source_id, collection_id)
    references retrieval.source (id, collection_id) on delete cascade,
  constraint passage_range_ck check (end_offset > start_offset),
  constraint passage_place_uq unique (source_id, ordinal),
  constraint passage_collection_uq unique (id, collection_id)
);
create index passage_collection_ix on retrieval.passage (collection_id);
-- without the pending list: every search would have to read through it
create index passage_terms_ix on retrieval.passage using gin (terms) with (fastupdate = off);

-- One table for each embedder's space; passages of another embedder's identity are not compared.
create table retrieval.vector_en (
  passage_id    uuid                not null constraint vector_en_pk primary key,
  collection_id uuid                not null,
  embedder      text                not null,
  embedding     public.halfvec(384) not null,
  constraint vector_en_passage_fk foreign key (passage_id, collection_id)
    references retrieval.passage (id, collection_id) on delete cascade
);
create table retrieval.vector_zh (
  passage_id    uuid                not null constraint vector_zh_pk primary key,
  collection_id uuid                not null,
  embedder      text                not null,
  embedding     public.halfvec(512) not null,
  constraint vector_zh_passage_fk foreign key (passage_id, collection_id)
    references retrieval.passage (id, collection_id) on delete cascade
);
create index vector_en_collection_ix on retrieval.vector_en (collection_id);
create index vector_zh_collection_ix on retrieval.vector_zh (collection_id);
-- pgvector before 0.8.2: a parallel build can read beyond its buffer (CVE-2026-3172)
set local max_parallel_maintenance_workers = 0;
create index vector_en_hnsw on retrieval.vector_en using hnsw (embedding public.halfvec_cosine_ops);
create index vector_zh_hnsw on retrieval.vector_zh using hnsw (embedding public.halfvec_cosine_ops);

-- Term statistics for BM25, kept by triggers in the transaction that changes passages. Per collection, so that
-- a search adds up only what the person may read: a rare word elsewhere must not show in anybody's ranking.
create table retrieval.corpus (
  collection_id uuid   not null constraint corpus_pk primary key
                       constraint corpus_collection_fk references catalogue.collection on delete cascade,
  passages      bigint not null,
  terms         bigint not null,
  english       bigint not null,
  chinese       bigint not null
);
create table retrieval.term (
  term          text   not null,
  collection_id uuid   not null constraint term_collection_fk references catalogue.collection on delete cascade,
  passages      bigint not null,
  constraint term_pk primary key (term, collection_id)
) with (fillfactor = 80);
create index term_collection_ix on retrieval.term (collection_id);

-- The row in corpus is changed first and stays locked to the end of the transaction. So changes to one
-- collection's statistics queue up there, and cannot deadlock on the terms that they share.
create function retrieval.count_added() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog
as $$
begin
  insert into retrieval.corpus as c (collection_id, passages, terms, english, chinese)
  select collection_id, count(*), sum(term_count),
         count(*) filter (where language = 'en'), count(*) filter (where language = 'zh')
    from added group by collection_id order by collection_id
  on conflict (collection_id) do update
    set passages = c.passages + excluded.passages, terms = c.terms + excluded.terms,
        english = c.english + excluded.english, chinese = c.chinese + excluded.chinese;
  insert into retrieval.term as t (term, collection_id, passages)
  select u.lexeme, a.collection_id, count(*)
    from added a cross join lateral unnest(a.terms) u
   group by u.lexeme, a.collection_id order by a.collection_id, u.lexeme
  on conflict (term, collection_id) do update set passages = t.passages + excluded.passages;
  return null;
end $$;

create function retrieval.count_removed() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog
as $$
begin
  perform 1 from retrieval.corpus
    where collection_id in (select collection_id from removed) order by collection_id for update;
  update retrieval.corpus c
     set passages = c.passages - r.passages, terms = c.terms - r.terms,
         english = c.english - r.english, chinese = c.chinese - r.chinese
    from (select collection_id, count(*) as passages, sum(term_count) as terms,
                 count(*) filter (where language = 'en') as english,
                 count(*) filter (where language = 'zh') as chinese
            from removed group by collection_id) r
   where c.collection_id = r.collection_id;
  update retrieval.term t
     set passages = t.passages - r.passages
    from (select u.lexeme, d.collection_id, count(*) as passages
            from removed d cross join lateral unnest(d.terms) u
           group by u.lexeme, d.collection_id) r
   where t.term = r.lexeme and t.collection_id = r.collection_id;
  delete from retrieval.term t
   using (select distinct u.lexeme, d.collection_id from removed d cross join lateral unnest(d.terms) u) r
   where t.term = r.lexeme and t.collection_id = r.collection_id and t.passages <= 0;
  return null;
end $$;

revoke execute on function retrieval.count_added(), retrieval.count_removed() from public;
create trigger passage_added after insert on retrieval.passage
  referencing new table as added for each statement execute function retrieval.count_added();
create trigger passage_removed after delete on retrieval.passage
  referencing old table as removed for each statement execute function retrieval.count_removed();
create trigger passage_terms_removed after update on retrieval.passage
  referencing old table as removed for each statement execute function retrieval.count_removed();
create trigger passage_terms_replaced after update on retrieval.passage
  referencing new table as added for each statement execute function retrieval.count_added();

-- Readers see what they may read; only background work writes.
alter table retrieval.source enable row level security;
alter table retrieval.source force row level security;
create policy source_read on retrieval.source for select
  using (collection_id = any (array (select catalogue.permitted_collections('READ'))));
create policy source_write on retrieval.source for all
  using (catalogue.is_worker()) with check (catalogue.is_worker());

alter table retrieval.passage enable row level security;
alter table retrieval.passage force row level security;
create policy passage_read on retrieval.passage for select
  using (collection_id = any (array (select catalogue.permitted_collections('READ'))));
create policy passage_write on retrieval.passage for all
  using (catalogue.is_worker()) with check (catalogue.is_worker());

alter table retrieval.vector_en enable row level security;
alter table retrieval.vector_en force row level security;
create policy vector_en_read on retrieval.vector_en for select
  using (collection_id = any (array (select catalogue.permitted_collections('READ'))));
create policy vector_en_write on retrieval.vector_en for all
  using (catalogue.is_worker()) with check (catalogue.is_worker());

alter table retrieval.vector_zh enable row level security;
alter table retrieval.vector_zh force row level security;
create policy vector_zh_read on retrieval.vector_zh for select
  using (collection_id = any (array (select catalogue.permitted_collections('READ'))));
create policy vector_zh_write on retrieval.vector_zh for all
  using (catalogue.is_worker()) with check (catalogue.is_worker());

-- Statistics: changed by the triggers (as owner), read by the door, by nobody else.
alter table retrieval.corpus enable row level security;
alter table retrieval.corpus force row level security;
create policy corpus_keep on retrieval.corpus for all to witan_owner using (true) with check (true);
alter table retrieval.term enable row level security;
alter table retrieval.term force row level security;
create policy term_keep on retrieval.term for all to witan_owner using (true) with check (true);

grant select, insert, update, delete on retrieval.source, retrieval.passage, retrieval.vector_en, retrieval.vector_zh
  to witan_app;
grant select on all tables in schema retrieval to witan_search;
