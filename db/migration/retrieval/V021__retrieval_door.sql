-- The one door to search. It runs as witan_search, which row-level security does not bind, because @@ is not
-- leak-proof and would lose its index below a policy. So it decides the scope itself, once, at its top; the
-- two functions below are callable only by it. It returns ids and measures: texts are then read under policy.

-- Loads pgvector into this session: its settings are unknown, and refused in a function, before.
do $$ begin perform '[1]'::public.halfvec; end $$;

-- The passages of one embedder's table that are nearest to a query.
--   permitted / total: vectors in the scope, and in the table
create function retrieval.nearest(
    vectors regclass, query public.halfvec, wanted_embedder text, scope uuid[],
    permitted bigint, total bigint, depth integer)
  returns table (passage_id uuid, cosine double precision)
  language plpgsql stable security definer rows 100
  set search_path = pg_catalog
  set plan_cache_mode = force_custom_plan
  set enable_sort = on
  set hnsw.iterative_scan = 'relaxed_order'
  set hnsw.max_scan_tuples = 60000
  set hnsw.ef_search = 100
as $$
#variable_conflict use_column
declare
  -- reading every permitted vector: always right, and faster than an index that must skip most of what it finds
  exact boolean := permitted <= 20000 or (permitted <= 60000 and permitted < total / 2);
begin
  if query is null or permitted = 0 then
    return;
  end if;
  if exact then
    return query execute format(
      'select v.passage_id, 1 - (v.embedding operator(public.<=>) $1)
         from %s v where v.collection_id = any ($2) and v.embedder = $3
        order by (v.embedding operator(public.<=>) $1) + 0 limit $4', vectors)
      using query, scope, wanted_embedder, depth;
    return;
  end if;
  -- the more of the neighbours are not permitted, the more of them must be looked at
  perform set_config('hnsw.ef_search', least(1000, ceil(2.0 * depth * total / permitted))::integer::text, true);
  perform set_config('enable_sort', 'off', true);
  return query execute format(
    'with near as materialized (
       select v.passage_id, v.embedding operator(public.<=>) $1 as distance
         from %s v where v.collection_id = any ($2) and v.embedder = $3
        order by v.embedding operator(public.<=>) $1 limit $4)
     select near.passage_id, 1 - near.distance from near', vectors)
    using query, scope, wanted_embedder, depth;
end $$;

-- The passages with the best BM25 (k1 = 1.2, b = 0.75), of the rarer terms.
--   idf: of each of the terms;  frequency: passages in the scope that have it
create function retrieval.lexical(
    words text[], idf double precision[], frequency bigint[], scope uuid[], permitted bigint, depth integer)
  returns table (passage_id uuid)
  language plpgsql stable security definer rows 1000
  set search_path = pg_catalog
  set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
begin
  return query
  with query as (
    select q.term, q.idf, q.frequency,
           ('''' || replace(replace(q.term, '\', '\\'), '''', '''''') || '''')::tsquery as word,
           -- a term that is nearly everywhere finds nothing that the others do not
           sum(q.frequency) over (order by q.frequency, q.term) as reached,
           row_number() over (order by q.frequency, q.term) as place
      from unnest(words, idf, frequency) as q (term, idf, frequency)
     where q.frequency > 0)
  select found.id
    from query
         cross join lateral (
           select p.id from retrieval.passage p
            where p.terms @@ query.word and p.collection_id = any (scope) limit 50000) found
   where query.place = 1 or query.reached <= 50000
   group by found.id
   order by sum(query.idf) desc, found.id
   limit depth;
end $$;

-- What the person may read and matches best, by words and by meaning.
--   within: collections to search; null for all
--   words: analysed as the passages were, each once
--   english, chinese: the query in each embedder's space; null to leave that space out
--   bm25, coverage (the part of the query's idf that the passage has), cosine (null without a vector)
create function retrieval.search(
    person uuid, within uuid[], words text[],
    english public.halfvec, english_embedder text, chinese public.halfvec, chinese_embedder text, depth integer)
  returns table (
    passage_id uuid, language text, bm25 double precision, coverage double precision, cosine double precision)
  language plpgsql stable security definer rows 300
  set search_path = pg_catalog
  set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
  scope uuid[];
  permitted record;
  total record;
  frequency bigint[];
  idf double precision[];
  idf_sum double precision;
begin
  if person is null or person is distinct from catalogue.current_person() then
    return;
  end if;
  select array_agg(c) into scope
    from catalogue.collections_of(person, 'READ') c where within is null or c = any (within);
  if scope is null then
    return;
  end if;
  select coalesce(sum(c.passages), 0) as passages, sum(c.terms) as terms,
         sum(c.english) as english, sum(c.chinese) as chinese
    into permitted from retrieval.corpus c where c.collection_id = any (scope);
  if permitted.passages = 0 then
    return;
  end if;
  select sum(c.english) as english, sum(c.chinese) as chinese into total from retrieval.corpus c;

  select array_agg(coalesce(f.passages, 0) order by q.place),
         array_agg(ln(1 + (permitted.passages - coalesce(f.passages, 0) + 0.5) / (coalesce(f.passages, 0) + 0.5))
                   order by q.place)
    into frequency, idf
    from unnest(words) with ordinality as q (term, place)
         left join (select t.term, sum(t.passages) as passages from retrieval.term t
                     where t.term = any (words) and t.collection_id = any (scope) group by t.term) f
         on f.term = q.term;
  select sum(i) into idf_sum from unnest(idf) i;

  return query
  with near as materialized (
    select n.passage_id, n.cosine
      from retrieval.nearest('retrieval.vector_en', english, english_embedder, scope,
                             permitted.english::bigint, total.english::bigint, depth) n
    union all
    select n.passage_id, n.cosine
      from retrieval.nearest('retrieval.vector_zh', chinese, chinese_embedder, scope,
                             permitted.chinese::bigint, total.chinese::bigint, depth) n),
  candidate as materialized (
    select l.passage_id from retrieval.lexical(words, idf, frequency, scope, permitted.passages::bigint, 3 * depth) l
    union
    select n.passage_id from near n),
  scored as materialized (
    select c.passage_id, p.language, s.bm25, s.idf / nullif(idf_sum, 0) as coverage
      from candidate c
           join retrieval.passage p on p.id = c.passage_id
           cross join lateral (
             select coalesce(sum(q.idf * 2.2 * tf / (tf + 1.2 * (0.25 + 0.75 * p.term_count
                       / (permitted.terms::double precision / permitted.passages)))), 0) as bm25,
                    coalesce(sum(q.idf), 0) as idf
               from unnest(p.terms) u
                    cross join lateral (select array_length(u.positions, 1)::double precision as tf) t
                    join unnest(words, idf) as q (term, idf) on q.term = u.lexeme) s
     where p.collection_id = any (scope)),
  best as (
    (select s.passage_id from scored s where s.bm25 > 0 order by s.bm25 desc, s.passage_id limit depth)
    union
    select n.passage_id from near n)
  select b.passage_id, s.language, s.bm25, s.coverage,
         coalesce(n.cosine,
                  (select 1 - (v.embedding operator(public.<=>) english) from retrieval.vector_en v
                    where v.passage_id = b.passage_id and v.embedder = english_embedder),
                  (select 1 - (v.embedding operator(public.<=>) chinese) from retrieval.vector_zh v
                    where v.passage_id = b.passage_id and v.embedder = chinese_embedder))
    from best b join scored s using (passage_id) left join near n using (passage_id);
end $$;

grant create on schema retrieval to witan_search;
alter function retrieval.nearest(regclass, public.halfvec, text, uuid[], bigint, bigint, integer) owner to witan_search;
alter function retrieval.lexical(text[], double precision[], bigint[], uuid[], bigint, integer) owner to witan_search;
alter function retrieval.search(uuid, uuid[], text[], public.halfvec, text, public.halfvec, text, integer)
  owner to witan_search;
revoke create on schema retrieval from witan_search;
revoke execute on function
  retrieval.nearest(regclass, public.halfvec, text, uuid[], bigint, bigint, integer),
  retrieval.lexical(text[], double precision[], bigint[], uuid[], bigint, integer),
  retrieval.search(uuid, uuid[], text[], public.halfvec, text, public.halfvec, text, integer)
  from public;
grant execute on function
  retrieval.search(uuid, uuid[], text[], public.halfvec, text, public.halfvec, text, integer) to witan_app;
