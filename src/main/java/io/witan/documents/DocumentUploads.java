package io.witan.documents;

import io.witan.catalogue.Access;
import io.witan.catalogue.CollectionCatalogue;
import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.documents.UploadResult.ExistingDocument;
import io.witan.documents.indexing.IndexingQueue;
import io.witan.documents.library.DocumentRows;
import io.witan.documents.upload.FileNames;
import io.witan.documents.upload.KindOfFile;
import io.witan.documents.upload.Originals;
import io.witan.documents.upload.Originals.Received;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import io.witan.shared.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Takes files into a collection and queues them for indexing.
 *
 * <p>A file with the name of a document of the collection is its next revision, unless the bytes
 * are the same. The newest bytes of another document of the collection are a duplicate; those of a
 * document in another collection are pointed out if the uploader may read it, and make no
 * difference to anything if not.
 */
@Service
public class DocumentUploads {
  private final JdbcClient jdbc;
  private final ScopedTransactions transactions;
  private final CollectionCatalogue catalogue;
  private final Originals originals;
  private final DocumentRows rows;
  private final IndexingQueue queue;
  private final DocumentSettings settings;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  DocumentUploads(
      JdbcClient jdbc,
      ScopedTransactions transactions,
      CollectionCatalogue catalogue,
      Originals originals,
      DocumentRows rows,
      IndexingQueue queue,
      DocumentSettings settings,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.catalogue = catalogue;
    this.originals = originals;
    this.rows = rows;
    this.queue = queue;
    this.settings = settings;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Stores one file; it is indexed soon after.
   *
   * @param fileName as the person sees it, may have folders
   * @param bytes read to the end unless the file is rejected; not closed
   * @return REJECTED with the reason when the file itself cannot be taken
   * @throws Failure if the scope may not contribute to the collection
   */
  public UploadResult upload(
      AccessScope scope, CollectionId collection, @Nullable String fileName, InputStream bytes)
      throws IOException {
    catalogue.require(scope, collection, Access.CONTRIBUTE);
    var name = FileNames.clean(fileName);
    Received received;
    try {
      received = originals.receive(scope, collection, bytes, settings.maxFileSize());
    } catch (FileTooLarge | FileEmpty rejected) {
      return UploadResult.rejected(name, DocumentProblem.of(rejected));
    }
    try {
      var kind = KindOfFile.of(received.head(), name);
      var result = transactions.write(scope, () -> take(scope, collection, name, kind, received));
      if (result.outcome() == UploadResult.Outcome.DUPLICATE) {
        originals.discard(scope, received.id());
      }
      return result;
    } catch (FileUnsupported rejected) {
      originals.discard(scope, received.id());
      return UploadResult.rejected(name, DocumentProblem.of(rejected));
    } catch (RuntimeException failed) {
      originals.discard(scope, received.id());
      catalogue.require(scope, collection, Access.CONTRIBUTE); // deleted meanwhile: say so
      throw failed;
    }
  }

  private UploadResult take(
      AccessScope scope, CollectionId collection, String name, KindOfFile kind, Received received) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 30))")
        .param(collection + "/" + name)
        .query((row, index) -> true)
        .single();
    var sameName = findByName(collection, name);
    var sameBytes = findReadable(collection, received.sha256());
    var duplicate =
        sameName.isPresent()
            ? sameName.filter(existing -> existing.hasBytes(received)).map(Existing::document)
            : sameBytes.filter(Twin::inSameCollection).map(Twin::document);
    if (duplicate.isPresent()) {
      return UploadResult.duplicate(name, duplicate.get());
    }
    var id = new DocumentId(sameName.map(e -> e.document().id()).orElseGet(UUID::randomUUID));
    int number = sameName.map(e -> e.revision() + 1).orElse(1);
    addDocument(scope, collection, id, name, number);
    addRevision(scope, collection, id, name, number, kind, received);
    events.publishEvent(new DocumentUploaded(id, collection, number));
    var elsewhere = sameBytes.map(Twin::document).orElse(null);
    return UploadResult.accepted(rows.find(id).orElseThrow(), number == 1, elsewhere);
  }

  /** A document with the same bytes; in another collection it has other readers, so both may be. */
  private record Twin(ExistingDocument document, boolean inSameCollection) {}

  /** A document of the same name in the same collection, with its newest revision. */
  private record Existing(ExistingDocument document, int revision, byte[] sha256) {
    boolean hasBytes(Received received) {
      return Arrays.equals(sha256, received.sha256());
    }
  }

  private Optional<Existing> findByName(CollectionId collection, String name) {
    return jdbc.sql(
            """
            select d.id, d.title, d.revision, r.sha256
              from documents.document d
              join documents.revision r on r.document_id = d.id and r.number = d.revision
             where d.collection_id = ? and d.file_name = ?
               for update of d
            """)
        .params(collection.value(), name)
        .query(
            (row, index) ->
                new Existing(
                    new ExistingDocument(row.getObject("id", UUID.class), row.getString("title")),
                    row.getInt("revision"),
                    row.getBytes("sha256")))
        .optional();
  }

  private Optional<Twin> findReadable(CollectionId preferred, byte[] sha256) {
    return jdbc.sql(
            """
            select d.id, d.title, d.collection_id = ? as same
              from documents.revision r
              join documents.document d on d.id = r.document_id and d.revision = r.number
             where r.sha256 = ?
             order by same desc, d.created_at, d.id
             limit 1
            """)
        .params(preferred.value(), sha256)
        .query(
            (row, index) ->
                new Twin(
                    new ExistingDocument(row.getObject("id", UUID.class), row.getString("title")),
                    row.getBoolean("same")))
        .optional();
  }

  private void addDocument(
      AccessScope scope, CollectionId collection, DocumentId id, String name, int number) {
    var now = Timestamp.from(clock.instant());
    if (number > 1) {
      jdbc.sql("update documents.document set revision = ?, updated_at = ? where id = ?")
          .params(number, now, id.value())
          .update();
      return;
    }
    jdbc.sql(
            """
            insert into documents.document
              (id, collection_id, title, file_name, owner_id, revision, created_at, updated_at)
            values (:id, :collection, :title, :name, :owner, 1, :now, :now)
            """)
        .param("id", id.value())
        .param("collection", collection.value())
        .param("title", FileNames.fromName(name))
        .param("name", name)
        .param("owner", scope.personId())
        .param("now", now)
        .update();
  }

  private void addRevision(
      AccessScope scope,
      CollectionId collection,
      DocumentId document,
      String name,
      int number,
      KindOfFile kind,
      Received received) {
    var id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into documents.revision (id, document_id, collection_id, number, file_name, media_type, format,
              bytes, sha256, uploaded_by, uploaded_at, state, stage)
            values (:id, :document, :collection, :number, :name, :type, :format,
              :bytes, :sha256, :person, :now, 'QUEUED', 'STORED')
            """)
        .param("id", id)
        .param("document", document.value())
        .param("collection", collection.value())
        .param("number", number)
        .param("name", name)
        .param("type", kind.mediaType())
        .param("format", kind.format())
        .param("bytes", received.bytes())
        .param("sha256", received.sha256())
        .param("person", scope.personId())
        .param("now", Timestamp.from(clock.instant()))
        .update();
    originals.assign(received.id(), id);
    queue.add(Stage.EXTRACTING, id);
  }
}
