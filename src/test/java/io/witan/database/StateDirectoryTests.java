package io.witan.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process per state directory. */
class StateDirectoryTests {
  @Test
  void refusesASecondUserAndNamesTheFirst(@TempDir Path directory) {
    String pid = Long.toString(ProcessHandle.current().pid());

    try (var held = StateDirectory.open(directory)) {
      assertThatThrownBy(() -> StateDirectory.open(directory.resolve(".")))
          .isInstanceOf(DatabaseProblem.class)
          .hasMessageContaining(held.path().toString())
          .hasMessageContaining("process " + pid);
      var other = otherProcess(directory);
      assertThat(other.exit()).isEqualTo(1);
      assertThat(other.output()).contains("in use by process " + pid);
    }
    assertThat(otherProcess(directory).exit()).isZero();
    StateDirectory.open(directory).close();
  }

  private static Commands.Outcome otherProcess(Path directory) {
    return Commands.run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Opener.class.getName(),
            directory.toString()),
        directory);
  }

  /** Opens a state directory in a process of its own. */
  static final class Opener {
    private Opener() {}

    public static void main(String[] arguments) {
      StateDirectory.open(Path.of(arguments[0])).close();
    }
  }
}
