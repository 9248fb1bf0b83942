package io.witan.database;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The one history of schema changes; the same settings at start, in tests and for a restore. */
final class Migrations {
  /** The schema of the history table. */
  static final String HISTORY_SCHEMA = "witan";

  private Migrations() {}

  static void configure(FluentConfiguration flyway) {
    flyway
        .locations("classpath:db/migration")
        .failOnMissingLocations(false)
        .defaultSchema(HISTORY_SCHEMA)
        .schemas(HISTORY_SCHEMA)
        .createSchemas(true)
        .table("schema_history")
        .validateMigrationNaming(true)
        .cleanDisabled(true);
  }

  /** Migrates to the newest version this program knows. */
  static void migrate(Database database) {
    migrate(database, MigrationVersion.LATEST);
  }

  /** Migrates to a version. */
  static void migrate(Database database, MigrationVersion target) {
    var flyway =
        Flyway.configure()
            .dataSource(database.ownerUrl(), database.user(), database.password())
            .target(target);
    configure(flyway);
    flyway.load().migrate();
  }
}
