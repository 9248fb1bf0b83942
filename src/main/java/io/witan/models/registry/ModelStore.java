package io.witan.models.registry;

import io.witan.engine.ModelParts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * The files of generator models in one directory, named by their content. A file is either there
 * whole or not at all.
 */
final class ModelStore {
  private static final int BUFFER = 1 << 20;
  private static final String PARTIAL = ".part";

  /** A copy that nobody has written to for so long was abandoned. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path directory;

  ModelStore(Path directory) {
    this.directory = directory;
  }

  /** A copy that is not yet kept. */
  record Copy(Path path, String sha256, long bytes) {}

  /**
   * Copies a file into the directory under a passing name.
   *
   * @param progress told how many bytes are copied
   * @throws NoRoomForModel if the disk lacks room
   */
  Copy copy(Path from, LongConsumer progress) throws IOException {
    try (var in = Files.newInputStream(from)) {
      return copy(in, Files.size(from), progress);
    }
  }

  /**
   * Copies what comes.
   *
   * @param size in bytes, as far as it is known, else less than 0
   */
  Copy copy(InputStream in, long size, LongConsumer progress) throws IOException {
    var path = fresh(size);
    try {
      return write(in, path, progress);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /**
   * Joins the parts of a model in the directory under a passing name.
   *
   * @param progress told how many bytes are joined, then how many were looked through
   * @throws NoRoomForModel if the disk lacks room
   */
  Copy join(ModelParts parts, LongConsumer progress) throws IOException {
    var path = fresh(parts.bytes());
    try {
      parts.join(path, progress);
      return measure(path, progress);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  private Path fresh(long size) throws IOException {
    Files.createDirectories(directory);
    removeAbandoned();
    long free = Files.getFileStore(directory).getUsableSpace();
    if (free < size) {
      throw new NoRoomForModel(size, free);
    }
    return directory.resolve(UUID.randomUUID() + PARTIAL);
  }

  /** Removes what a killed process left behind: gigabytes, perhaps. */
  private void removeAbandoned() throws IOException {
    var last = Instant.now().minus(ABANDONED);
    try (var partial = Files.newDirectoryStream(directory, "*" + PARTIAL)) {
      for (var path : partial) {
        if (Files.getLastModifiedTime(path).toInstant().isBefore(last)) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private static Copy write(InputStream in, Path path, LongConsumer progress) throws IOException {
    var sha = sha256();
    long bytes = 0;
    try (var out =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha.update(buffer, 0, read);
        var piece = ByteBuffer.wrap(buffer, 0, read);
        while (piece.hasRemaining()) {
          out.write(piece);
        }
        bytes += read;
        progress.accept(bytes);
      }
      out.force(true);
    }
    return new Copy(path, HexFormat.of().formatHex(sha.digest()), bytes);
  }

  /** Where files lie that are still coming: on the same disk, so that moving them is nothing. */
  Path incoming() {
    return directory.resolve("incoming");
  }

  /** Takes a file of that folder for a copy, as it is. */
  static Copy measure(Path file, LongConsumer progress) throws IOException {
    var sha = sha256();
    long bytes = 0;
    try (var in = Files.newInputStream(file)) {
      var buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha.update(buffer, 0, read);
        bytes += read;
        progress.accept(bytes);
      }
    }
    return new Copy(file, HexFormat.of().formatHex(sha.digest()), bytes);
  }

  /** Of a file, in hexadecimal. */
  static String sha256(Path file) throws IOException {
    return measure(file, bytes -> {}).sha256();
  }

  /** Keeps a copy under its content's name. */
  void keep(Copy copy) throws IOException {
    Files.move(copy.path(), path(copy.sha256()), StandardCopyOption.ATOMIC_MOVE);
  }

  void discard(Copy copy) throws IOException {
    Files.deleteIfExists(copy.path());
  }

  /** Where the file with this content is, if it is there. */
  Path path(String sha256) {
    return directory.resolve(sha256 + ".gguf");
  }

  boolean has(String sha256) {
    return Files.isRegularFile(path(sha256));
  }

  void delete(String sha256) throws IOException {
    Files.deleteIfExists(path(sha256));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
