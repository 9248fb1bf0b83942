package io.witan.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The running server and the small shell process that guards it: the guard stops the server as soon
 * as the pipe from this JVM closes, which also happens when the JVM is killed.
 */
final class PostgresProcess implements AutoCloseable {
  /** $1 pg_ctl, $2 data, $3 log. A terminal's Ctrl-C must not stop the server before Witan. */
  private static final String GUARD =
      """
      trap '' INT HUP QUIT TERM
      "$1" -D "$2" -l "$3" -w -t 300 -s start </dev/null || { echo failed; exit 1; }
      echo ready
      while read -r ignored; do :; done
      "$1" -D "$2" -w -t 60 -m fast -s stop </dev/null && exit 0
      "$1" -D "$2" -w -t 60 -m immediate -s stop </dev/null
      """;

  private static final int PORT_ATTEMPTS = 5;

  private final Process guard;
  private final int port;

  private PostgresProcess(Process guard, int port) {
    this.guard = guard;
    this.port = port;
  }

  int port() {
    return port;
  }

  /** Makes the data directory if there is none. */
  static void initialise(PostgresHome home, Path tree, Consumer<String> progress)
      throws IOException {
    if (Files.exists(home.data().resolve("PG_VERSION"))) {
      checkVersion(home, tree);
      return;
    }
    progress.accept("creating the database");
    PostgresHome.password(home.superuserPassword());
    home.account().own(home.superuserPassword());
    Path unfinished = home.directory().resolve("data.new");
    PostgresBinaries.delete(unfinished);
    home.makePrivate(unfinished);
    var outcome =
        Commands.run(
            home.account()
                .process(
                    List.of(
                        tree.resolve("bin/initdb").toString(),
                        "-D",
                        unfinished.toString(),
                        "--username=postgres",
                        "--pwfile=" + home.superuserPassword(),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--data-checksums"),
                    Path.of("/")));
    if (!outcome.ok()) {
      throw new DatabaseProblem("PostgreSQL's initdb failed:\n" + outcome.output());
    }
    Files.writeString(
        unfinished.resolve("postgresql.conf"),
        "\ninclude 'witan.conf'  # written by Witan at every start\n",
        StandardOpenOption.APPEND);
    Files.writeString(
        unfinished.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
    Files.move(unfinished, home.data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void checkVersion(PostgresHome home, Path tree) throws IOException {
    String data = Files.readString(home.data().resolve("PG_VERSION")).strip();
    var outcome =
        Commands.run(List.of(tree.resolve("bin/postgres").toString(), "--version"), Path.of("/"));
    if (!outcome.output().contains(") " + data + ".")) {
      throw new DatabaseProblem(
          "The database in "
              + home.data()
              + " was made by PostgreSQL "
              + data
              + ", and this Witan brings "
              + outcome.output()
              + ". Make a backup with the Witan that made it (witan backup FILE), start this one"
              + " with an empty data directory, and restore the backup there.");
    }
  }

  /** Starts the server; a server left behind by a killed process is stopped first. */
  static PostgresProcess start(
      PostgresHome home, Path tree, ServerSettings settings, Consumer<String> progress)
      throws IOException {
    stopOrphan(home, tree, progress);
    home.makePrivate(home.log());
    for (int attempt = 1; ; attempt++) {
      int port = settings.port() == 0 ? freePort() : settings.port();
      Path configuration = home.data().resolve("witan.conf");
      Files.writeString(configuration, settings.configuration(port, home.log().toString()));
      home.account().own(configuration);
      Files.deleteIfExists(home.startLog());
      Process guard = guard(home, tree);
      if ("ready".equals(firstLine(guard))) {
        return new PostgresProcess(guard, port);
      }
      String log = log(home);
      boolean taken = log.contains("could not bind") || log.contains("in use");
      if (!taken || settings.port() != 0 || attempt == PORT_ATTEMPTS) {
        throw new DatabaseProblem(
            "PostgreSQL did not start on port " + port + ". Its log says:\n" + log);
      }
    }
  }

  private static Process guard(PostgresHome home, Path tree) throws IOException {
    return home.account()
        .process(
            List.of(
                "/bin/sh",
                "-c",
                GUARD,
                "witan-postgres-guard",
                tree.resolve("bin/pg_ctl").toString(),
                home.data().toString(),
                home.startLog().toString()),
            Path.of("/"))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String firstLine(Process guard) throws IOException {
    var reader =
        new BufferedReader(
            new InputStreamReader(guard.getInputStream(), StandardCharsets.US_ASCII));
    String line = reader.readLine();
    return line == null ? "" : line;
  }

  private static void stopOrphan(PostgresHome home, Path tree, Consumer<String> progress)
      throws IOException {
    var orphan = PostgresHome.postmaster(home.directory());
    if (orphan.isEmpty()) {
      Files.deleteIfExists(home.data().resolve("postmaster.pid"));
      return;
    }
    progress.accept(
        "stopping the PostgreSQL that an earlier Witan left behind (process "
            + orphan.get().pid()
            + ")");
    var outcome =
        Commands.run(
            home.account()
                .process(
                    List.of(
                        tree.resolve("bin/pg_ctl").toString(),
                        "-D",
                        home.data().toString(),
                        "-w",
                        "-t",
                        "60",
                        "-m",
                        "fast",
                        "stop"),
                    Path.of("/")));
    if (!outcome.ok() && PostgresHome.postmaster(home.directory()).isPresent()) {
      throw new DatabaseProblem(
          "A PostgreSQL from an earlier Witan still runs on "
              + home.data()
              + " (process "
              + orphan.get().pid()
              + ") and does not stop:\n"
              + outcome.output());
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** The last lines the server wrote while starting. */
  private static String log(PostgresHome home) throws IOException {
    if (!Files.exists(home.startLog())) {
      return "(nothing)";
    }
    List<String> lines = Files.readAllLines(home.startLog());
    return lines.stream().skip(Math.max(0, lines.size() - 20)).collect(Collectors.joining("\n"));
  }

  /** Stops the server (sessions are ended, everything committed is kept) and waits for it. */
  @Override
  public void close() {
    try {
      guard.getOutputStream().close();
      if (!guard.waitFor(130, TimeUnit.SECONDS)) {
        throw new DatabaseProblem("PostgreSQL did not stop within two minutes");
      }
    } catch (IOException e) {
      throw new DatabaseProblem("Cannot stop PostgreSQL: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
