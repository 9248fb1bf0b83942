package io.witan.models.intake;

import io.witan.engine.PartName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The parts of one model on their way. The one that comes is a file like any other that does;
 * complete ones lie in a folder beside it. When they are joined, that file is the whole model.
 */
final class IncomingParts {
  private static final String MODEL = "model";
  private final Path running;
  private final Path folder;
  private final int count;

  /**
   * @param running the file of what comes
   * @param folder of what has come
   */
  IncomingParts(Path running, Path folder, int count) {
    this.running = running;
    this.folder = folder;
    this.count = count;
  }

  private Path file(int number) {
    return folder.resolve(new PartName(MODEL, number, count).fileName());
  }

  Path first() {
    return file(1);
  }

  /** The numbers of those that have not come whole, the first first. */
  List<Integer> missing() {
    return IntStream.rangeClosed(1, count)
        .filter(number -> !Files.isRegularFile(file(number)))
        .boxed()
        .toList();
  }

  /** Bytes of those that have come whole. */
  long bytes() {
    return bytes(folder);
  }

  static long bytes(Path folder) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    long bytes = 0;
    try (var files = Files.newDirectoryStream(folder, MODEL + "-*.gguf")) {
      for (var file : files) {
        bytes += Files.size(file);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one that came is complete. */
  void keep(int number) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    move(running, file(number));
  }

  /** Where they are to be joined; the folder is there once the first has come. */
  Path joining() {
    return folder.resolve("joined.gguf");
  }

  /** They were joined: only the whole model is kept. */
  void keepJoined() {
    move(joining(), running);
    try {
      for (int number = 1; number <= count; number++) {
        Files.deleteIfExists(file(number));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether all have come and been joined; only to be asked when none is still to come. */
  boolean areJoined() {
    return Files.isRegularFile(running);
  }

  /** What is there of a file that comes belongs to none that is still to come. */
  void forgetRunning() {
    try {
      Files.deleteIfExists(running);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
