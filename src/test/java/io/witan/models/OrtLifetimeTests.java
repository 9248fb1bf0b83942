package io.witan.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that stops while it reads a model ends in order. */
class OrtLifetimeTests {
  private static final String DONE = "embedded while stopping";

  @TempDir private Path folder;

  @Test
  void modelsAreReadToTheEndWhileTheProcessStops() throws Exception {
    var log = folder.resolve("log").toFile();
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:ErrorFile=" + folder.resolve("fault"),
                "-classpath",
                System.getProperty("java.class.path"),
                Stopping.class.getName(),
                folder.resolve("native").toString())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();

    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();

    var told = Files.readString(log.toPath(), StandardCharsets.UTF_8);
    assertThat(ended).as(told).isTrue();
    assertThat(process.exitValue()).as(told).isZero();
    assertThat(told).contains(DONE);
  }

  /** Reads one model, and the other once the process stops and ONNX Runtime's own hook is done. */
  static final class Stopping {
    private static final int HOOKS_MILLIS = 500;

    private Stopping() {}

    public static void main(String[] arguments) {
      var embedders = Embedders.load(new ModelSettings(1, Path.of(arguments[0]))).all();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      Thread.sleep(HOOKS_MILLIS);
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                    embedders.getLast().embedQuery("warm up");
                    System.out.println(DONE);
                  }));
      embedders.getFirst().embedQuery("warm up");
    }
  }
}
