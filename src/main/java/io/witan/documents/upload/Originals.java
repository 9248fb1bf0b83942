package io.witan.documents.upload;

import io.witan.catalogue.CollectionId;
import io.witan.documents.FileEmpty;
import io.witan.documents.FileTooLarge;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * The uploaded bytes, kept in rows of at most 1 MiB.
 *
 * <p>Each part is its own short transaction, so that a slow sender holds no connection. An original
 * that belongs to no revision after a day is what an interrupted upload left; it is swept.
 */
@Component
public class Originals {
  static final int PART_BYTES = 1 << 20;
  private static final int HEAD_BYTES = 64 << 10;
  private static final Duration LEFT_OVER = Duration.ofDays(1);

  private final JdbcClient jdbc;
  private final ScopedTransactions transactions;
  private final Clock clock;

  Originals(JdbcClient jdbc, ScopedTransactions transactions, Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * A received file that belongs to no revision yet.
   *
   * @param head its first bytes, at most 64 KiB
   */
  public record Received(UUID id, long bytes, byte[] sha256, byte[] head) {}

  /**
   * Stores a stream to its end.
   *
   * @throws FileTooLarge after the limit; nothing is kept and the stream is left where it is
   * @throws FileEmpty if there is no byte
   */
  public Received receive(
      AccessScope scope, CollectionId collection, InputStream bytes, DataSize limit)
      throws IOException {
    var digest = sha256();
    var part = bytes.readNBytes(PART_BYTES);
    if (part.length == 0) {
      throw new FileEmpty();
    }
    var head = Arrays.copyOf(part, Math.min(part.length, HEAD_BYTES));
    var id = UUID.randomUUID();
    long total = 0;
    try {
      for (int number = 0; part.length > 0; number++) {
        total += part.length;
        if (total > limit.toBytes()) {
          throw new FileTooLarge(limit);
        }
        digest.update(part);
        keep(scope, collection, id, number, part);
        part = part.length < PART_BYTES ? new byte[0] : bytes.readNBytes(PART_BYTES);
      }
      return new Received(id, total, digest.digest(), head);
    } catch (IOException | RuntimeException failed) {
      discard(scope, id);
      throw failed;
    }
  }

  private void keep(AccessScope scope, CollectionId collection, UUID id, int number, byte[] part) {
    transactions.run(
        scope,
        () -> {
          if (number == 0) {
            jdbc.sql(
                    "insert into documents.original (id, collection_id, started_at) values (?, ?, ?)")
                .params(id, collection.value(), Timestamp.from(clock.instant()))
                .update();
          }
          jdbc.sql(
                  "insert into documents.original_part (original_id, part, collection_id, content)"
                      + " values (?, ?, ?, ?)")
              .params(id, number, collection.value(), part)
              .update();
        });
  }

  /** Gives a received file to its revision; joins the caller's transaction. */
  public void assign(UUID original, UUID revision) {
    jdbc.sql("update documents.original set revision_id = ? where id = ?")
        .params(revision, original)
        .update();
  }

  /** Throws away a received file that became no revision. */
  public void discard(AccessScope scope, UUID original) {
    transactions.run(
        scope,
        () ->
            jdbc.sql("delete from documents.original where id = ? and revision_id is null")
                .param(original)
                .update());
  }

  /** Removes what interrupted uploads left behind. */
  public int sweep() {
    return transactions.write(
        AccessScope.worker("sweep originals"),
        () ->
            jdbc.sql("delete from documents.original where revision_id is null and started_at < ?")
                .param(Timestamp.from(clock.instant().minus(LEFT_OVER)))
                .update());
  }

  /** Writes the bytes of a revision, one part in memory at a time; nothing if not readable. */
  public void copy(AccessScope scope, UUID revision, OutputStream to) throws IOException {
    for (int number = 0; ; number++) {
      var part = part(scope, revision, number);
      if (part == null) {
        return;
      }
      to.write(part);
    }
  }

  private byte @Nullable [] part(AccessScope scope, UUID revision, int number) {
    return transactions
        .read(
            scope,
            () ->
                jdbc.sql(
                        """
                        select p.content
                          from documents.original o
                          join documents.original_part p on p.original_id = o.id and p.part = ?
                         where o.revision_id = ?
                        """)
                    .params(number, revision)
                    .query((row, index) -> row.getBytes(1))
                    .optional())
        .orElse(null);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has it
    }
  }
}
