package io.witan.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's programs for this platform, taken from the class path and unpacked once. */
final class PostgresBinaries {
  private PostgresBinaries() {}

  /** The platform as the archive on the class path names it, such as {@code linux-x86_64}. */
  static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String os =
        system.contains("mac") ? "darwin" : system.contains("windows") ? "windows" : "linux";
    String arch =
        switch (machine) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> machine;
        };
    return os + "-" + arch;
  }

  /**
   * Unpacks into a directory named after the archive's hash, unless it is there already.
   *
   * @return the directory with {@code bin}, {@code lib} and {@code share}
   * @throws DatabaseProblem if there is no archive for this platform
   */
  static Path unpack(Path parent, Consumer<String> progress) {
    URL archive = archive();
    if (archive == null) {
      throw new DatabaseProblem(
          "There is no embedded PostgreSQL for " + platform() + ". " + ExternalDatabase.HOW_TO);
    }
    try {
      Path target = parent.resolve("bin-" + hash(archive).substring(0, 12));
      if (Files.isDirectory(target)) {
        return target;
      }
      progress.accept("unpacking PostgreSQL");
      Path unfinished = Files.createTempDirectory(parent, "unpacking-");
      extract(archive, unfinished);
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      return target;
    } catch (IOException e) {
      throw new DatabaseProblem("Cannot unpack PostgreSQL: " + e.getMessage(), e);
    }
  }

  private static @Nullable URL archive() {
    return PostgresBinaries.class.getResource("/postgres-" + platform() + ".txz");
  }

  private static String hash(URL archive) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(archive.openStream(), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void extract(URL archive, Path directory) throws IOException {
    try (var tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(archive.openStream())))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = directory.resolve(entry.getName()).normalize();
        if (!file.startsWith(directory)) {
          throw new IOException("archive entry leaves the directory: " + entry.getName());
        }
        makeDirectories(directory, entry.isDirectory() ? file : file.resolveSibling(""));
        if (entry.isDirectory()) {
          continue;
        }
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, file);
          Files.setPosixFilePermissions(file, permissions(entry));
        }
      }
    }
  }

  /** Makes directories that the server's account can enter whatever this process' umask is. */
  private static void makeDirectories(Path root, Path directory) throws IOException {
    Path made = root;
    for (Path name : root.relativize(directory)) {
      made = made.resolve(name);
      if (!Files.isDirectory(made)) {
        Files.createDirectory(made);
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  private static Set<PosixFilePermission> permissions(TarArchiveEntry entry) {
    boolean executable = (entry.getMode() & 0100) != 0 || entry.getName().startsWith("bin/");
    return PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--");
  }

  /** Removes a directory and everything in it, if it exists; links are not followed. */
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
