package io.witan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.database.Database;
import io.witan.database.TestDatabase;
import io.witan.models.registry.ModelActivation;
import io.witan.models.registry.ModelActive;
import io.witan.models.remote.RemoteGenerators;
import io.witan.models.remote.RemoteNotFound;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine;

class ModelRemoteIntegrationTests {
  private final Database database = TestDatabase.freshDatabase();
  private final JdbcClient jdbc =
      JdbcClient.create(
          new DriverManagerDataSource(database.appUrl(), database.user(), database.password()));
  @TempDir private Path state = Path.of(".");

  @Test
  void whatACommandDoesIsKeptWithoutAPerson() {
    try (var services = CommandServices.of(database, state, "io.witan.models.remote")) {
      var remotes = services.getBean(RemoteGenerators.class);
      var wanted =
          new RemoteGenerators.Wanted(
              "GPU", "http://127.0.0.1:9/v1", "some/model", 8192, "sk-secret-4711");

      var added = remotes.add(null, wanted);
      var activated = remotes.activate(null, remotes.find("gpu").id());

      assertThat(added.hasKey()).isTrue();
      assertThat(activated.id()).isEqualTo(added.id());
      assertThat(remotes.find(added.id().toString())).isEqualTo(added);
      assertThat(services.getBean(ModelActivation.class).activeName()).contains("GPU");
      assertThatThrownBy(() -> remotes.remove(null, added.id())).isInstanceOf(ModelActive.class);
      assertThatThrownBy(() -> remotes.find("none")).isInstanceOf(RemoteNotFound.class);
      services.getBean(ModelActivation.class).deactivate(null);
      remotes.remove(null, added.id());
      assertThat(remotes.all()).isEmpty();
    }
    assertThat(
            jdbc.sql("select action from operations.audit_entry where actor_id is null")
                .query(String.class)
                .list())
        .contains(
            "remote-generator-added", "remote-generator-activated", "remote-generator-removed");
  }

  @Test
  void saysWhatIsMissing() {
    var said = new StringWriter();

    int exit =
        new CommandLine(new ModelCommand())
            .setErr(new PrintWriter(said, true))
            .execute("remote", "add", "GPU");

    assertThat(exit).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(said.toString()).contains("URL", "--model", "--context");
  }
}
