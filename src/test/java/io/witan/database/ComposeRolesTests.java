package io.witan.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script by which the container of compose.yaml runs db/roles.sql. */
class ComposeRolesTests {
  @Test
  void fillsTheFileInAsTheEmbeddedDatabaseDoes(@TempDir Path directory) throws Exception {
    Path psql = directory.resolve("psql");
    Files.writeString(psql, "#!/bin/sh\nexec cat\n");
    Files.setPosixFilePermissions(psql, PosixFilePermissions.fromString("rwx------"));
    String password = "a'b&c|d\\e";
    var builder = new ProcessBuilder(List.of("sh", "db/compose-roles.sh"));
    builder.environment().merge("PATH", directory.toString(), (old, first) -> first + ":" + old);
    builder.environment().put("WITAN_ROLES_SQL", "db/roles.sql");
    builder.environment().put("WITAN_DB_USER", "some_login");
    builder.environment().put("WITAN_DB_PASSWORD", password);
    builder.environment().put("POSTGRES_DB", "some_database");

    var outcome = Commands.run(builder);

    assertThat(outcome.ok()).as(outcome.output()).isTrue();
    assertThat(outcome.output()).doesNotContain("${");
    for (var requirement :
        DatabaseRoles.of("some_login", password, "some_database").requirements()) {
      assertThat(outcome.output()).contains(requirement.statement());
    }
  }
}
