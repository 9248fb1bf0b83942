package io.witan.database;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Puts the pgvector extension into an unpacked PostgreSQL 17. No Maven artifact carries it, so it
 * comes from the distribution: what is installed, else Debian's package, fetched once per machine
 * into a cache.
 */
final class Pgvector {
  private static final String PACKAGE = "postgresql-17-pgvector";
  private static final String SUITE = "trixie";

  private final Path cache;
  private final Path installed;
  private final Path apt;

  private Pgvector(Path cache, Path installed, Path apt) {
    this.cache = cache.resolve("pgvector-17-" + PostgresBinaries.platform());
    this.installed = installed;
    this.apt = apt;
  }

  /** Uses this machine's packages. */
  static Pgvector ofThisMachine(Path cache) {
    return new Pgvector(cache, Path.of("/usr"), Path.of("/etc/apt"));
  }

  /**
   * Copies the extension into the tree unless it is there.
   *
   * @throws DatabaseProblem if it cannot be had; the message says how to get a database instead
   */
  void install(Path tree, Consumer<String> progress) {
    Path control = tree.resolve("share/postgresql/extension/vector.control");
    if (Files.exists(control)) {
      return;
    }
    try {
      if (!Files.isDirectory(cache)) {
        fill(progress);
      }
      try (DirectoryStream<Path> files = Files.newDirectoryStream(cache, "vector--*.sql")) {
        for (Path file : files) {
          copy(file, control.resolveSibling(file.getFileName()));
        }
      }
      copy(cache.resolve("vector.so"), tree.resolve("lib/postgresql/vector.so"));
      copy(cache.resolve("vector.control"), control);
    } catch (IOException e) {
      throw new DatabaseProblem(
          "Witan's database needs the extension pgvector, and it could not be had here:\n"
              + e.getMessage()
              + "\n"
              + ExternalDatabase.HOW_TO,
          e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private void fill(Consumer<String> progress) throws IOException {
    Files.createDirectories(cache.getParent());
    Path unfinished = Files.createTempDirectory(cache.getParent(), "pgvector-");
    try {
      if (Files.exists(installed.resolve("lib/postgresql/17/lib/vector.so"))) {
        progress.accept("taking pgvector from this system's PostgreSQL 17");
        takeInstalled(unfinished);
      } else {
        progress.accept("fetching pgvector through apt (once per machine)");
        fetch(unfinished);
      }
      lowerForThisSystem(unfinished.resolve("vector.so"));
      moveIntoPlace(unfinished);
    } finally {
      PostgresBinaries.delete(unfinished);
    }
  }

  private void moveIntoPlace(Path unfinished) throws IOException {
    try {
      Files.move(unfinished, cache, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(cache)) { // else another process was faster
        throw e;
      }
    }
  }

  private void takeInstalled(Path target) throws IOException {
    copy(installed.resolve("lib/postgresql/17/lib/vector.so"), target.resolve("vector.so"));
    Path extensions = installed.resolve("share/postgresql/17/extension");
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(extensions, "vector{.control,--*.sql}")) {
      for (Path file : files) {
        copy(file, target.resolve(file.getFileName()));
      }
    }
  }

  private void fetch(Path target) throws IOException {
    if (!Commands.exists("apt-get") || !Commands.exists("dpkg-deb")) {
      throw new IOException(
          "this is not a Debian system, and pgvector for PostgreSQL 17 is not installed");
    }
    List<AptSources.Archive> archives = AptSources.debian(apt);
    if (archives.isEmpty()) {
      throw new IOException("no Debian archive is configured in " + apt);
    }
    var failures = new StringBuilder();
    for (AptSources.Archive archive : archives) {
      Path work = Files.createTempDirectory("witan-apt-");
      try {
        unpack(AptDownload.fetch(archive, SUITE, PACKAGE, work), target);
        return;
      } catch (IOException e) {
        failures.append(archive.uris()).append(": ").append(e.getMessage()).append('\n');
      } finally {
        PostgresBinaries.delete(work);
      }
    }
    throw new IOException(failures.toString().strip());
  }

  /** Takes the library, the control file and the SQL files out of a Debian package. */
  private static void unpack(Path debianPackage, Path target) throws IOException {
    var process =
        new ProcessBuilder("dpkg-deb", "--fsys-tarfile", debianPackage.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var tar = new TarArchiveInputStream(process.getInputStream())) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (entry.isFile()
            && (name.equals("vector.so")
                || name.equals("vector.control")
                || (name.startsWith("vector--") && name.endsWith(".sql")))) {
          Files.copy(tar, target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    if (!Files.exists(target.resolve("vector.so"))
        || !Files.exists(target.resolve("vector.control"))) {
      throw new IOException(debianPackage.getFileName() + " does not hold the extension");
    }
  }

  /** Debian 13's library needs one symbol of glibc 2.38; older systems have it as strtol. */
  private static void lowerForThisSystem(Path library) throws IOException {
    var outcome = Commands.run(List.of("getconf", "GNU_LIBC_VERSION"), Path.of("/"));
    String[] version = outcome.output().replaceAll("[^0-9.]", "").split("\\.");
    boolean older =
        !outcome.ok()
            || version.length < 2
            || Integer.parseInt(version[0]) < 2
            || (Integer.parseInt(version[0]) == 2 && Integer.parseInt(version[1]) < 38);
    if (older) {
      ElfVersionNeed.lower(library);
    }
  }
}
