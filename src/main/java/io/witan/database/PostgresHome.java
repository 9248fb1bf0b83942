package io.witan.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Where the embedded server's files lie, below the state directory: {@code bin-…} (programs),
 * {@code data}, {@code log} and two password files that only their owner can read.
 *
 * @param directory {@code <state>/postgres}, or a place the server's account can reach
 * @param account who the server runs as
 */
record PostgresHome(Path directory, ServerAccount account) {
  /** Holds databases of installations whose own directory the server's account cannot enter. */
  private static final Path REACHABLE = Path.of("/var/lib/witan");

  /** Finds or makes the home below a state directory. */
  static PostgresHome prepare(Path state, Consumer<String> progress) {
    var account = ServerAccount.choose();
    try {
      Path own = state.resolve("postgres");
      Path pointer = state.resolve("postgres.location");
      Files.createDirectories(own);
      var home = new PostgresHome(located(state), account);
      home.open();
      if (!Files.exists(pointer) && !account.reaches(own)) {
        Path elsewhere =
            REACHABLE.resolve(
                UUID.nameUUIDFromBytes(state.toString().getBytes(StandardCharsets.UTF_8))
                    .toString());
        progress.accept(
            "keeping the database in "
                + elsewhere
                + ": PostgreSQL may not run as root, and no other account can enter "
                + state);
        Files.createDirectories(elsewhere);
        home = new PostgresHome(elsewhere, account);
        home.open();
        Files.writeString(pointer, elsewhere + "\n");
        Files.delete(own);
      }
      if (!account.reaches(home.directory)) {
        throw new DatabaseProblem(
            "PostgreSQL may not run as root, and the account it runs as cannot enter "
                + home.directory
                + ". Give Witan a directory that others may enter (--data), or start it as an"
                + " ordinary user.");
      }
      return home;
    } catch (IOException e) {
      throw new DatabaseProblem(
          "Cannot prepare the database directory below " + state + ": " + e.getMessage(), e);
    }
  }

  /** The directory of a state directory's database, which may not exist yet. */
  static Path located(Path state) throws IOException {
    Path pointer = state.resolve("postgres.location");
    return Files.exists(pointer)
        ? Path.of(Files.readString(pointer).strip())
        : state.resolve("postgres");
  }

  /** Lets the server's account pass through, and nobody read. */
  private void open() throws IOException {
    Files.createDirectories(directory);
    var mode =
        switch (account) {
          case ServerAccount.Own same -> "rwx------";
          case ServerAccount.Dropped other -> "rwx--x--x";
        };
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
  }

  Path data() {
    return directory.resolve("data");
  }

  Path startLog() {
    return log().resolve("start.log");
  }

  Path log() {
    return directory.resolve("log");
  }

  Path superuserPassword() {
    return directory.resolve("superuser.password");
  }

  Path loginPassword() {
    return directory.resolve("login.password");
  }

  /** Makes a directory that only the server's account can use. */
  void makePrivate(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectory(path);
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    account.own(path);
  }

  /** The password in the file; a new one is made where there is none. */
  static String password(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      var attributes =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      Path unfinished = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(unfinished);
      Files.createFile(unfinished, attributes);
      Files.writeString(unfinished, HexFormat.of().formatHex(random));
      Files.move(unfinished, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  /** The postmaster named in {@code postmaster.pid}, if it is alive and is PostgreSQL. */
  static Optional<Postmaster> postmaster(Path home) {
    Path file = home.resolve("data/postmaster.pid");
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() < 4) {
        return Optional.empty();
      }
      long pid = Math.abs(Long.parseLong(lines.getFirst().strip()));
      return ProcessHandle.of(pid)
          .filter(process -> process.info().command().orElse("postgres").endsWith("postgres"))
          .map(process -> new Postmaster(pid, Integer.parseInt(lines.get(3).strip())));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A running server: its process and its port. */
  record Postmaster(long pid, int port) {}
}
