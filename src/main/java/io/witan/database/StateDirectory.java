package io.witan.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one directory that holds all state of an installation, locked while a process uses it.
 *
 * <p>The lock is the operating system's, so that it ends with the process however that ends.
 */
public final class StateDirectory implements AutoCloseable {
  /** Closing any channel on a file drops this process' POSIX locks on it; so never open twice. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;

  private StateDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the directory where it does not exist and locks it.
   *
   * @throws DatabaseProblem if another process holds it (the message names that process), or it
   *     cannot be written
   */
  public static StateDirectory open(Path directory) {
    Path path = directory.toAbsolutePath().normalize();
    Path file = path.resolve("witan.lock");
    try {
      Files.createDirectories(path);
      if (!HELD.add(path)) {
        throw inUse(path, Long.toString(ProcessHandle.current().pid()));
      }
      return lock(path, file);
    } catch (IOException e) {
      HELD.remove(path);
      throw new DatabaseProblem(
          "Cannot write to the data directory " + path + ": " + e.getMessage(), e);
    }
  }

  private static StateDirectory lock(Path path, Path file) throws IOException {
    var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    } finally {
      if (!locked) {
        channel.close();
        HELD.remove(path);
      }
    }
    if (!locked) {
      throw inUse(path, owner(path).map(String::valueOf).orElse("unknown"));
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
    channel.force(false);
    return new StateDirectory(path, channel);
  }

  /** The process that wrote its number into the lock file last; it may be gone. */
  static Optional<Long> owner(Path directory) {
    try {
      String text = Files.readString(directory.resolve("witan.lock")).strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(text));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static DatabaseProblem inUse(Path path, String pid) {
    return new DatabaseProblem(
        "The data directory "
            + path
            + " is in use by process "
            + pid
            + ". Stop that process first, or choose another directory with --data.");
  }

  /** The directory, absolute. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new DatabaseProblem("Cannot release " + path + ": " + e.getMessage(), e);
    } finally {
      HELD.remove(path);
    }
  }
}
