package io.witan.database;

/** What to tell somebody whose machine cannot run the embedded database. */
final class ExternalDatabase {
  /** The one command that gets a database, and how Witan finds it. */
  static final String HOW_TO =
      """
      Start one instead with

          docker compose up -d db

      and point Witan at it with

          export WITAN_DB_URL=jdbc:postgresql://127.0.0.1:5433/witan
          export WITAN_DB_USER=witan_login WITAN_DB_PASSWORD=witan
      """;

  private ExternalDatabase() {}
}
