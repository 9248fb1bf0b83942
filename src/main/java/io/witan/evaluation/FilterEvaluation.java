package io.witan.evaluation;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.CollectionStewardship;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Compares the door's nearest passages with an exact search of what a person may read, at a size
 * where the index matters. Vectors are drawn around topics and a collection holds a few topics, as
 * real ones do: then the neighbours of a question often lie where the person may not read.
 */
@Component
public class FilterEvaluation {
  private static final int WIDTH = 384;
  private static final int TOPICS_OF_COLLECTION = 4;
  private static final double SPREAD = 0.7;
  private static final int NEAREST = 10;
  private static final int DEPTH = 100;
  private static final int BATCH = 500;
  private static final String EMBEDDER = "evaluation";
  private static final String TASK = "evaluation";

  private final CollectionStewardship stewardship;
  private final ScopedTransactions transactions;
  private final JdbcClient jdbc;
  private final Clock clock;

  FilterEvaluation(
      CollectionStewardship stewardship,
      ScopedTransactions transactions,
      JdbcClient jdbc,
      Clock clock) {
    this.stewardship = stewardship;
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * What a share of the collections gives.
   *
   * @param share of all collections that are searched
   * @param passages in them
   * @param recall share of the ten nearest, found by comparing all, that the door returns as its
   *     ten nearest
   * @param millis median time of the door
   */
  public record Result(double share, int passages, double recall, double millis) {}

  /**
   * Fills the database, then searches as a person who may read everything but searches a share.
   *
   * @param passages to draw, evenly over the collections
   * @param queries of each share
   */
  public List<Result> evaluate(
      AccessScope scope,
      int passages,
      int collections,
      int queries,
      List<Double> shares,
      Consumer<String> progress) {
    var random = new SplittableRandom(1);
    var topics = new double[Math.max(1, collections / 2)][];
    for (int i = 0; i < topics.length; i++) {
      topics[i] = around(new double[WIDTH], 1, random);
    }
    var ids = fill(scope, passages, collections, topics, random, progress);
    var results = new ArrayList<Result>();
    for (double share : shares) {
      int count = Math.clamp(Math.round(share * collections), 1, collections);
      progress.accept("searching %d of %d collections".formatted(count, collections));
      results.add(measure(scope, drawn(ids, count, random), topics, queries, share, random));
    }
    return results;
  }

  private List<UUID> fill(
      AccessScope scope,
      int passages,
      int collections,
      double[][] topics,
      SplittableRandom random,
      Consumer<String> progress) {
    var ids = new ArrayList<UUID>();
    int each = Math.ceilDiv(passages, collections);
    for (int i = 0; i < collections; i++) {
      CollectionId collection = stewardship.create(scope, "Collection " + i, "Evaluation").id();
      ids.add(collection.value());
      var own = random.ints(TOPICS_OF_COLLECTION, 0, topics.length).toArray();
      insert(collection.value(), each, own, topics, random);
      if ((i + 1) * 10 / collections > i * 10 / collections) {
        progress.accept("%,d of %,d passages".formatted((i + 1) * each, each * collections));
      }
    }
    return ids;
  }

  private void insert(
      UUID collection, int count, int[] own, double[][] topics, SplittableRandom random) {
    var source = UUID.randomUUID();
    transactions.run(
        AccessScope.worker(TASK),
        () -> {
          jdbc.sql(
                  """
                  insert into retrieval.source
                    (id, document_id, collection_id, title, revision, uploaded_at, current)
                  values (?, ?, ?, 'Evaluation', 1, ?, true)
                  """)
              .params(source, UUID.randomUUID(), collection, Timestamp.from(clock.instant()))
              .update();
          for (int from = 0; from < count; from += BATCH) {
            int size = Math.min(BATCH, count - from);
            var vectors = new String[size];
            for (int i = 0; i < size; i++) {
              vectors[i] = literal(around(topics[own[random.nextInt(own.length)]], SPREAD, random));
            }
            insert(source, collection, from, vectors);
          }
        });
  }

  private void insert(UUID source, UUID collection, int from, String[] vectors) {
    jdbc.sql(
            """
            with drawn as (
              select gen_random_uuid() as id, v.embedding, v.place
                from unnest(?::text[]) with ordinality as v (embedding, place)),
            passages as (
              insert into retrieval.passage
                (id, source_id, collection_id, ordinal, start_offset, end_offset, heading, language,
                 text, terms, term_count)
              select id, ?, ?, ? + place, 0, 1, '', 'en', 'x', 'x'::tsvector, 1 from drawn)
            insert into retrieval.vector_en (passage_id, collection_id, embedder, embedding)
            select id, ?, ?, embedding::public.halfvec from drawn
            """)
        .params(List.of(vectors, source, collection, from, collection, EMBEDDER))
        .update();
  }

  private static List<UUID> drawn(List<UUID> ids, int count, SplittableRandom random) {
    var left = new ArrayList<>(ids);
    var drawn = new ArrayList<UUID>();
    for (int i = 0; i < count; i++) {
      drawn.add(left.remove(random.nextInt(left.size())));
    }
    return drawn;
  }

  private Result measure(
      AccessScope scope,
      List<UUID> within,
      double[][] topics,
      int queries,
      double share,
      SplittableRandom random) {
    var ids = within.stream().map(UUID::toString).toArray(String[]::new);
    var millis = new double[queries];
    double found = 0;
    for (int i = 0; i < queries; i++) {
      var query = literal(around(topics[random.nextInt(topics.length)], SPREAD, random));
      long begun = System.nanoTime();
      var near = transactions.read(scope, () -> door(scope, ids, query));
      millis[i] = (System.nanoTime() - begun) / 1e6;
      var nearest = transactions.read(AccessScope.worker(TASK), () -> exact(ids, query));
      var both = new HashSet<>(near);
      both.retainAll(nearest);
      found += (double) both.size() / nearest.size();
    }
    int passages =
        transactions.read(
            scope,
            () ->
                jdbc.sql(
                        """
                        select count(*) from retrieval.passage
                         where collection_id = any (?::uuid[])
                        """)
                    .param(ids)
                    .query(Integer.class)
                    .single());
    return new Result(share, passages, found / queries, median(millis));
  }

  private List<UUID> door(AccessScope scope, String[] within, String query) {
    return jdbc.sql(
            """
            select passage_id from retrieval.search(
                ?, ?::uuid[], '{}'::text[], ?::public.halfvec, ?, null, null, ?)
             order by cosine desc limit ?
            """)
        .params(scope.requirePerson().value(), within, query, EMBEDDER, DEPTH, NEAREST)
        .query(UUID.class)
        .list();
  }

  private List<UUID> exact(String[] within, String query) {
    return jdbc.sql(
            """
            select passage_id from retrieval.vector_en where collection_id = any (?::uuid[])
             order by (embedding operator(public.<=>) ?::public.halfvec) + 0 limit ?
            """)
        .params(within, query, NEAREST)
        .query(UUID.class)
        .list();
  }

  private static double median(double[] millis) {
    Arrays.sort(millis);
    return millis[millis.length / 2];
  }

  private static double[] around(double[] centre, double spread, SplittableRandom random) {
    var drawn = new double[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      drawn[i] = centre[i] + spread * random.nextGaussian();
    }
    return drawn;
  }

  private static String literal(double[] vector) {
    var text = new StringBuilder(WIDTH * 8).append('[');
    for (int i = 0; i < WIDTH; i++) {
      text.append(i == 0 ? "" : ",").append((float) (Math.rint(vector[i] * 1000) / 1000));
    }
    return text.append(']').toString();
  }
}
