package io.witan.models.upload;

import io.witan.engine.PartName;
import io.witan.identity.PersonId;
import io.witan.models.intake.IncomingFiles;
import io.witan.models.intake.IncomingModel.Kind;
import io.witan.models.intake.IncomingModel.State;
import io.witan.models.intake.IncomingModels;
import io.witan.models.intake.IncomingNotFound;
import io.witan.models.intake.IncomingRow;
import io.witan.models.intake.PartOfModel;
import io.witan.models.registry.ModelRegistry.Wanted;
import io.witan.shared.Failure;
import io.witan.shared.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Service;

/**
 * Uploads in pieces. How much is there is the length of the file, so that nothing has to be kept in
 * memory or mended after a crash. Of two requests that write one upload the later one wins: the
 * earlier is that of a connection that was lost.
 */
@Service
class ModelUploads {
  private static final int BUFFER = 1 << 18;
  private static final int HEAD = 4;
  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private final IncomingModels incoming;
  private final IncomingFiles files;
  private final Map<UUID, Turns> turns = new ConcurrentHashMap<>();

  ModelUploads(IncomingModels incoming, IncomingFiles files) {
    this.incoming = incoming;
    this.files = files;
  }

  /**
   * How far an upload is.
   *
   * @param offset bytes that are there
   * @param total bytes of the file
   */
  record Position(UUID id, long offset, long total, Instant expiresAt) {}

  /** Whose turn it is to write; its own lock. */
  private static final class Turns {
    private long last;
  }

  /**
   * Keeps that a file will come.
   *
   * @throws InvalidInput if no model can be that short
   * @throws PartOfModel if it is one of several files of a model
   */
  Position begin(PersonId by, String fileName, Wanted wanted, long total) {
    if (total < HEAD) {
      throw new InvalidInput("Upload-Length", "must be the length of a model's file");
    }
    PartName.of(fileName)
        .ifPresent(
            part -> {
              throw PartOfModel.uploaded(part);
            });
    return position(incoming.add(by, Kind.UPLOAD, null, fileName, wanted, total));
  }

  /**
   * @throws IncomingNotFound if there is no such upload, or it failed
   */
  Position position(UUID id) {
    return position(row(id));
  }

  private Position position(IncomingRow row) {
    var shown = incoming.shown(row);
    long total = total(row);
    long offset = row.state() == State.RECEIVING ? shown.receivedBytes() : total;
    return new Position(row.id(), offset, total, shown.expiresAt());
  }

  private IncomingRow row(UUID id) {
    var row = incoming.row(id);
    if (row.kind() != Kind.UPLOAD || row.state() == State.FAILED || !incoming.isHere(row)) {
      throw new IncomingNotFound(id);
    }
    return row;
  }

  private static long total(IncomingRow row) {
    var total = row.totalBytes();
    if (total == null) {
      throw new IllegalStateException("an upload without a length: " + row.id());
    }
    return total;
  }

  /**
   * Writes a piece as it comes; what has come before a connection breaks is kept.
   *
   * @throws IncomingNotFound if there is no such upload, or it was discarded meanwhile
   * @throws UploadOffsetDiffers if it does not begin where what is there ends
   * @throws UploadBrokeOff if it does not come whole
   * @throws IOException if it cannot be written
   */
  Position append(UUID id, long offset, InputStream piece) throws IOException {
    var row = row(id);
    if (row.state() != State.RECEIVING) {
      throw new UploadOffsetDiffers(total(row));
    }
    files.requireRoom(total(row), offset);
    try {
      long end = write(row, offset, piece, turns.computeIfAbsent(id, unknown -> new Turns()));
      if (end == total(row)) {
        turns.remove(id);
        incoming.complete(row);
        return new Position(id, end, end, position(row).expiresAt());
      }
    } catch (Failure failure) {
      if (failure.kind() == Failure.Kind.UNSUPPORTED) { // it is no model: no use to go on
        turns.remove(id);
        incoming.fail(row, failure);
      }
      throw failure;
    } finally {
      incoming.received(row);
    }
    return position(id);
  }

  private long write(IncomingRow row, long offset, InputStream piece, Turns all)
      throws IOException {
    try (var out =
        FileChannel.open(
            files.path(row.id()), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long turn;
      synchronized (all) {
        if (out.size() != offset) {
          throw new UploadOffsetDiffers(out.size());
        }
        turn = ++all.last;
      }
      var buffer = new byte[BUFFER];
      long at = offset;
      long heartbeat = System.nanoTime();
      for (int read = read(piece, buffer); read >= 0; read = read(piece, buffer)) {
        if (at + read > total(row)) {
          throw new InvalidInput("body", "has more bytes than Upload-Length announced");
        }
        writeInTurn(out, ByteBuffer.wrap(buffer, 0, read), at, all, turn);
        if (at < HEAD) {
          files.requireGguf(row.id(), row.fileName());
        }
        at += read;
        if (System.nanoTime() - heartbeat > HEARTBEAT_NANOS) {
          heartbeat = System.nanoTime();
          requireWanted(row);
        }
      }
      out.force(true);
      return at;
    }
  }

  private static int read(InputStream piece, byte[] buffer) {
    try {
      return piece.read(buffer);
    } catch (IOException lost) {
      throw new UploadBrokeOff();
    }
  }

  private static void writeInTurn(FileChannel out, ByteBuffer bytes, long at, Turns all, long turn)
      throws IOException {
    synchronized (all) {
      if (all.last != turn) {
        throw new UploadOffsetDiffers(out.size()); // another connection goes on with it
      }
      long to = at;
      while (bytes.hasRemaining()) {
        to += out.write(bytes, to);
      }
    }
  }

  private void requireWanted(IncomingRow row) {
    if (!incoming.received(row)) {
      throw new IncomingNotFound(row.id());
    }
  }

  /** Forgets an upload and what has come of it. */
  void discard(PersonId by, UUID id) {
    row(id);
    incoming.discard(by, id);
    turns.remove(id);
  }
}
