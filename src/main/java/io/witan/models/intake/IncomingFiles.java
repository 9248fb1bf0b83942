package io.witan.models.intake;

import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.NoRoomForModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What has come of the files on their way, in one folder that has a name of its own. */
@Component
public class IncomingFiles {
  private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);
  private static final Duration FRESH = Duration.ofHours(1);
  private static final String PART = ".part";
  private static final String PARTS = ".parts";
  private static final String LOCK = ".lock";
  private static final int NAME_BYTES = 36;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private final ModelRegistry registry;
  private final IncomingSettings settings;
  private @Nullable UUID store;

  IncomingFiles(ModelRegistry registry, IncomingSettings settings) {
    this.registry = registry;
    this.settings = settings;
  }

  public Path path(UUID id) {
    return registry.incoming().resolve(id + PART);
  }

  private Path folder(UUID id) {
    return registry.incoming().resolve(id + PARTS);
  }

  /**
   * To be held while it is worked on.
   *
   * @return empty if another does, in this process or another one
   */
  Optional<Claim> claim(UUID id) {
    return Claim.of(registry.incoming().resolve(id + LOCK));
  }

  /** Of a model that comes in so many parts. */
  IncomingParts parts(UUID id, int count) {
    return new IncomingParts(path(id), folder(id), count);
  }

  /** Bytes that have come; 0 if there is no such file. */
  public long size(UUID id) {
    try {
      var path = path(id);
      return IncomingParts.bytes(folder(id)) + (Files.exists(path) ? Files.size(path) : 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void delete(UUID id) {
    try {
      Files.deleteIfExists(path(id));
      delete(folder(id));
      Files.deleteIfExists(registry.incoming().resolve(id + LOCK));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  /** Tells this folder from that of another machine on the same database; made once. */
  public synchronized UUID store() {
    var known = store;
    if (known == null) {
      known = readStore();
      store = known;
    }
    return known;
  }

  private UUID readStore() {
    try {
      var name = Files.createDirectories(registry.incoming()).resolve("store-id");
      try {
        Files.writeString(name, UUID.randomUUID().toString(), StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException made) {
        awaitWritten(name);
      }
      return UUID.fromString(Files.readString(name).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another process may have made it this moment. */
  private static void awaitWritten(Path name) throws IOException {
    var last = Instant.now().plus(PATIENCE);
    while (Files.size(name) < NAME_BYTES) {
      if (Instant.now().isAfter(last)) {
        Files.writeString(name, UUID.randomUUID().toString()); // that process was ended meanwhile
      }
      Thread.onSpinWait();
    }
  }

  /**
   * @param total bytes of the whole file; negative if not known
   * @param have of these, bytes that are there
   * @throws ModelFileTooLarge if it is larger than a model may be
   * @throws NoRoomForModel if the disk lacks room for the rest
   */
  public void requireRoom(long total, long have) {
    long expected = Math.max(total, have);
    requireRoomFor(expected, expected - have);
  }

  /**
   * The same for parts: while they are joined they are there twice.
   *
   * @param total bytes of all parts; negative if not known
   * @param have of these, bytes that are there
   */
  void requireRoomToJoin(long total, long have) {
    long expected = Math.max(total, have);
    requireRoomFor(expected, 2 * expected - have);
  }

  private void requireRoomFor(long expected, long further) {
    if (expected > settings.maxFileSize().toBytes()) {
      throw new ModelFileTooLarge(settings.maxFileSize());
    }
    try {
      var folder = Files.createDirectories(registry.incoming());
      long free = Files.getFileStore(folder).getUsableSpace() - settings.keepFree().toBytes();
      if (further > free || free < 0) {
        throw new NoRoomForModel(further, Math.max(0, free));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Looks at the first bytes, as far as they are there.
   *
   * @throws NotGguf if they are not those of a model
   */
  public void requireGguf(UUID id, String fileName) {
    var head = ByteBuffer.allocate(MAGIC.length);
    try (var in = FileChannel.open(path(id))) {
      while (head.hasRemaining() && in.read(head, head.position()) > 0) {
        continue;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var expected = ByteBuffer.wrap(MAGIC, 0, head.position());
    if (!head.flip().equals(expected)) {
      throw new NotGguf(fileName);
    }
  }

  /** Deletes what belongs to nothing any more. */
  void sweep(Set<UUID> known, Instant now) {
    if (!Files.isDirectory(registry.incoming())) {
      return;
    }
    try (var files = Files.newDirectoryStream(registry.incoming(), "*.{part,parts,lock}")) {
      for (var file : files) {
        var name = file.getFileName().toString();
        var id = name.substring(0, name.lastIndexOf('.'));
        boolean isKnown = known.stream().anyMatch(it -> it.toString().equals(id));
        var changed = Files.getLastModifiedTime(file).toInstant();
        if (isKnown || !changed.isBefore(now.minus(FRESH))) {
          continue;
        }
        if (name.endsWith(PARTS)) {
          delete(file);
        } else {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
