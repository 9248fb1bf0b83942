package io.witan.documents.extraction;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a worker is started: this program's own Java and class path, a heap limit, no environment.
 */
final class WorkerCommand implements AutoCloseable {

  private static final String MAIN = "io.witan.documents.extraction.worker.ExtractionWorker";

  private final Path folder;
  private final Path arguments;
  private final Path java;

  WorkerCommand(long heapBytes) {
    this(heapBytes, Path.of(System.getProperty("java.home"), "bin", "java"));
  }

  WorkerCommand(long heapBytes, Path java) {
    this.java = java;
    try {
      folder = Files.createTempDirectory("witan-extraction-");
      arguments = folder.resolve("arguments");
      Files.writeString(
          arguments,
          options(heapBytes, folder).stream()
              .map(WorkerCommand::quoted)
              .collect(Collectors.joining("\n")));
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder for extraction", e);
    }
  }

  private static List<String> options(long heapBytes, Path folder) {
    return List.of(
        "-Xmx" + heapBytes,
        "-XX:+ExitOnOutOfMemoryError",
        // it says so, and standard output carries frames
        "-XX:+DisplayVMOutputToStderr",
        "-XX:+UseSerialGC",
        "-XX:MaxMetaspaceSize=256m",
        "-XX:MaxDirectMemorySize=64m",
        "-XX:-UsePerfData",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=" + folder.resolve("crash-%p.log"),
        "-Djava.awt.headless=true",
        "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
        "-Dpdfbox.fontcache=" + folder,
        // nothing listens there: a parser that tries to load something from the network fails
        "-Dhttp.proxyHost=127.0.0.1",
        "-Dhttp.proxyPort=9",
        "-Dhttps.proxyHost=127.0.0.1",
        "-Dhttps.proxyPort=9",
        "-Dhttp.nonProxyHosts=",
        "-cp",
        classPath());
  }

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /**
   * Starts a worker.
   *
   * @param temporary its own folder for temporary files
   */
  Process start(Path temporary) throws IOException {
    var builder =
        new ProcessBuilder(java.toString(), "@" + arguments, "-Djava.io.tmpdir=" + temporary, MAIN);
    builder.directory(temporary.toFile());
    builder.environment().clear();
    // file names beyond ASCII need a locale
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return builder.start();
  }

  Path newTemporaryFolder() throws IOException {
    return Files.createTempDirectory(folder, "worker-");
  }

  @Override
  public void close() {
    Folders.delete(folder);
  }
}
