package io.witan.database;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The one history of schema changes; the same settings at start, in tests and for a restore.
 *
 * @param locations where the migrations lie
 */
record Migrations(List<String> locations) {
  Migrations {
    locations = List.copyOf(locations);
  }

  /** The migrations this program ships. */
  static Migrations ofWitan() {
    return new Migrations(List.of("classpath:db/migration"));
  }

  void configure(FluentConfiguration flyway) {
    flyway
        .locations(locations.toArray(String[]::new))
        .failOnMissingLocations(false)
        .defaultSchema("witan")
        .schemas("witan")
        .createSchemas(true)
        .table("schema_history")
        .validateMigrationNaming(true)
        .cleanDisabled(true);
  }

  /** Migrates to the newest version there is. */
  void migrate(Database database) {
    migrate(database, MigrationVersion.LATEST);
  }

  /** Migrates to a version. */
  void migrate(Database database, MigrationVersion target) {
    load(database, target).migrate();
  }

  /** The newest version there is, whatever the database has. */
  MigrationVersion newest(Database database) {
    return Arrays.stream(load(database, MigrationVersion.LATEST).info().all())
        .map(MigrationInfo::getVersion)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(MigrationVersion.EMPTY);
  }

  private Flyway load(Database database, MigrationVersion target) {
    var flyway =
        Flyway.configure()
            .dataSource(database.ownerUrl(), database.user(), database.password())
            .target(target);
    configure(flyway);
    return flyway.load();
  }
}
