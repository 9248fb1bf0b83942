package io.witan.retrieval;

import com.zaxxer.hikari.HikariDataSource;
import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TextVersionId;
import io.witan.database.Database;
import io.witan.database.TestDatabase;
import io.witan.identity.AccessScope;
import io.witan.identity.GroupId;
import io.witan.identity.PersonId;
import io.witan.identity.ScopedTransactions;
import io.witan.models.Embedder;
import io.witan.models.Embedders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The retrieval module on a fresh real database, with a small pool and quick embedders. */
final class RetrievalFixture implements AutoCloseable {
  static final AccessScope WORKER = AccessScope.worker("test");

  final Database database = TestDatabase.freshDatabase();
  final JdbcClient jdbc;
  final ScopedTransactions transactions;
  final PassageIndex index;
  final Retriever retriever;
  final Sources sources;
  final Passages passages;
  final List<SourcesRemoved> removed = new ArrayList<>();

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final HikariDataSource pool = new HikariDataSource();

  RetrievalFixture(int connections) {
    pool.setJdbcUrl(database.appUrl());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    pool.setMaximumPoolSize(connections);
    context.registerBean(DataSource.class, () -> pool);
    context.registerBean(JdbcClient.class, () -> JdbcClient.create(pool));
    context.registerBean(
        PlatformTransactionManager.class, () -> new DataSourceTransactionManager(pool));
    context.registerBean(
        Embedders.class, () -> new Embedders(List.of(quick("en", 384), quick("zh", 512))));
    context.addApplicationListener(
        (org.springframework.context.PayloadApplicationEvent<SourcesRemoved> event) ->
            removed.add(event.getPayload()));
    context.register(
        ScopedTransactions.class,
        RetrievalConfiguration.class,
        PassageRows.class,
        PassageIndex.class,
        SearchDoor.class,
        Retriever.class,
        Sources.class,
        Passages.class);
    context.refresh();
    jdbc = context.getBean(JdbcClient.class);
    transactions = context.getBean(ScopedTransactions.class);
    index = context.getBean(PassageIndex.class);
    retriever = context.getBean(Retriever.class);
    sources = context.getBean(Sources.class);
    passages = context.getBean(Passages.class);
  }

  private static Embedder quick(String language, int size) {
    return new Embedder(
        "hashed-" + language,
        "hashed",
        language,
        size,
        "Apache-2.0",
        "",
        new HashedEmbeddingModel(size));
  }

  PersonId aPerson() {
    var id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into identity.person (id, email, display_name, role, created_at)
            values (?, ?, 'Somebody', 'MEMBER', now())
            """)
        .params(id, id + "@example.org")
        .update();
    return new PersonId(id);
  }

  GroupId aGroup() {
    var id = UUID.randomUUID();
    jdbc.sql("insert into identity.person_group (id, name, created_at) values (?, ?, now())")
        .params(id, id.toString())
        .update();
    return new GroupId(id);
  }

  void join(GroupId group, PersonId person) {
    jdbc.sql(
            """
            insert into identity.membership (group_id, person_id) values (?, ?)
            on conflict do nothing
            """)
        .params(group.value(), person.value())
        .update();
  }

  void leave(GroupId group, PersonId person) {
    jdbc.sql("delete from identity.membership where group_id = ? and person_id = ?")
        .params(group.value(), person.value())
        .update();
  }

  void activate(PersonId person, boolean active) {
    jdbc.sql("update identity.person set active = ? where id = ?")
        .params(active, person.value())
        .update();
  }

  CollectionId aCollection() {
    var id = UUID.randomUUID();
    transactions.run(
        WORKER,
        () ->
            jdbc.sql(
                    """
                    insert into catalogue.collection (id, name, created_at, updated_at)
                    values (?, ?, now(), now())
                    """)
                .params(id, "Collection " + id)
                .update());
    return new CollectionId(id);
  }

  CollectionId aCollectionOf(PersonId reader) {
    var id = aCollection();
    permit(id, reader);
    return id;
  }

  void permit(CollectionId collection, PersonId person) {
    grant(collection, person.value(), null);
  }

  void permit(CollectionId collection, GroupId group) {
    grant(collection, null, group.value());
  }

  void permitEveryone(CollectionId collection) {
    grant(collection, null, null);
  }

  private void grant(
      CollectionId collection,
      @org.jspecify.annotations.Nullable UUID person,
      @org.jspecify.annotations.Nullable UUID group) {
    transactions.run(
        WORKER,
        () ->
            jdbc.sql(
                    """
                    insert into catalogue.permission (collection_id, person_id, group_id, access)
                    values (?, ?, ?, 'READ') on conflict do nothing
                    """)
                .param(collection.value())
                .param(person)
                .param(group)
                .update());
  }

  void forbid(CollectionId collection) {
    transactions.run(
        WORKER,
        () ->
            jdbc.sql("delete from catalogue.permission where collection_id = ?")
                .param(collection.value())
                .update());
  }

  void delete(CollectionId collection) {
    transactions.run(
        WORKER,
        () ->
            jdbc.sql("delete from catalogue.collection where id = ?")
                .param(collection.value())
                .update());
  }

  SourceDraft aDocument(CollectionId collection, String title, String... passages) {
    return aRevision(new DocumentId(UUID.randomUUID()), 1, collection, title, passages);
  }

  SourceDraft aRevision(
      DocumentId document,
      int revision,
      CollectionId collection,
      String title,
      String... passages) {
    var drafts = new ArrayList<PassageDraft>();
    int start = 0;
    for (String text : passages) {
      drafts.add(
          new PassageDraft(
              drafts.size(), start, start + text.length(), "", Language.ofQuery(text), null, text));
      start += text.length();
    }
    var source =
        new SourceDraft(
            new TextVersionId(UUID.randomUUID()),
            document,
            collection,
            title,
            revision,
            Instant.parse("2026-01-01T00:00:00Z"));
    var embedded = index.embed(title, drafts, part -> {});
    transactions.run(WORKER, () -> index.replace(source, embedded));
    return source;
  }

  List<Hit> search(PersonId person, String query) {
    return retriever.search(AccessScope.of(person, false), SearchRequest.of(query, 100)).hits();
  }

  /** Statistics that disagree with a count of the passages themselves; empty if all is well. */
  List<String> wrongStatistics() {
    try (var connection = TestDatabase.superuser(database);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                with counted as (
                  select u.lexeme as term, p.collection_id, count(*) as passages
                    from retrieval.passage p cross join lateral unnest(p.terms) u group by 1, 2
                  union all
                  select '', collection_id, count(*) from retrieval.passage group by 2
                  union all
                  select ' ', collection_id, sum(term_count) from retrieval.passage group by 2),
                kept as (
                  select term, collection_id, passages from retrieval.term
                  union all select '', collection_id, passages from retrieval.corpus
                    where passages <> 0
                  union all select ' ', collection_id, terms from retrieval.corpus
                    where terms <> 0)
                select coalesce(c.term, k.term) || ' ' || coalesce(c.passages, 0) || ' '
                       || coalesce(k.passages, 0)
                  from counted c full join kept k using (term, collection_id)
                 where c.passages is distinct from k.passages
                """)) {
      var wrong = new ArrayList<String>();
      while (rows.next()) {
        wrong.add(rows.getString(1));
      }
      return wrong;
    } catch (java.sql.SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    context.close();
    pool.close();
  }
}
