package io.witan.documents.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.witan.documents.extraction.wire.Frame;
import io.witan.documents.extraction.wire.FrameInput;
import io.witan.documents.extraction.wire.FrameOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractionWorkersTests {

  private static final ExtractionLimits LIMITS =
      ExtractionLimits.defaults().withTimeout(Duration.ofSeconds(30)).withHeapBytes(96L << 20);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  void carriesEverythingBackFromTheWorker() throws Exception {
    var file = Files.writeString(folder.resolve("größe 表.md"), "# Title 标题\n\ntext 😀 | a\n");

    try (var workers = new ExtractionWorkers(LIMITS, 1, MINUTE, Clock.systemUTC())) {
      var document = workers.extract(file, "größe 表.md", percent -> {});

      assertThat(document.title()).isEqualTo("Title 标题");
      assertThat(document.text()).isEqualTo("Title 标题\n\ntext 😀 | a");
      assertThat(document.format()).isEqualTo(DocumentFormat.MARKDOWN);
      assertThat(document.extractor()).isNotBlank();
      assertThat(document.blocks())
          .containsExactly(
              new Block(Block.Kind.HEADING, 1, 0, 8), new Block(Block.Kind.PARAGRAPH, 0, 10, 21));
    }
  }

  @Test
  void stopsAFileThatTakesTooLongAndReadsTheNext() throws Exception {
    var endless = pipe();

    try (var workers =
        new ExtractionWorkers(
            LIMITS.withTimeout(Duration.ofSeconds(4)), 1, MINUTE, Clock.systemUTC())) {
      assertFails(
          () -> workers.extract(endless, "a.txt", percent -> {}), ExtractionFailed.TOOK_TOO_LONG);
      assertReadsGoodFile(workers);
    }
  }

  @Test
  void survivesAFileThatNeedsTooMuchMemory() throws Exception {
    var huge = folder.resolve("huge.txt");
    try (var out = Files.newOutputStream(huge)) {
      var line =
          "all work and no play makes Jack a dull boy\n"
              .repeat(25_000)
              .getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 100; i++) {
        out.write(line);
      }
    }

    try (var workers = new ExtractionWorkers(LIMITS, 1, MINUTE, Clock.systemUTC())) {
      assertFails(
          () -> workers.extract(huge, "huge.txt", percent -> {}), ExtractionFailed.OUT_OF_MEMORY);
      assertReadsGoodFile(workers);
    }
  }

  @Test
  void survivesAWorkerThatDies() throws Exception {
    var endless = pipe();
    var before = children();

    try (var workers = new ExtractionWorkers(LIMITS, 1, MINUTE, Clock.systemUTC())) {
      assertReadsGoodFile(workers);
      var worker = newChild(before);
      Thread.ofVirtual()
          .start(
              () -> {
                // the worker is busy with the pipe by then, or dies before: the same to the caller
                worker.destroyForcibly();
              });
      assertFails(
          () -> workers.extract(endless, "a.txt", percent -> {}), ExtractionFailed.WORKER_CRASHED);
      assertReadsGoodFile(workers);
    }
  }

  /** As Ctrl-C in a terminal does, which reaches every process: no fault of the file. */
  @Test
  void doesNotBlameTheFileWhenItsWorkerIsToldToEnd() throws Exception {
    var endless = pipe();
    var before = children();

    try (var workers = new ExtractionWorkers(LIMITS, 1, MINUTE, Clock.systemUTC())) {
      assertReadsGoodFile(workers);
      newChild(before).destroy();

      assertThatThrownBy(() -> workers.extract(endless, "a.txt", percent -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("told to end");
      assertReadsGoodFile(workers);
    }
  }

  @Test
  void readsDocumentsNestedTooDeeplyAsDamagedOrText() throws Exception {
    var deep = Files.writeString(folder.resolve("deep.md"), "> ".repeat(20_000) + "end");

    try (var workers = new ExtractionWorkers(LIMITS, 1, MINUTE, Clock.systemUTC())) {
      List<String> outcome = new ArrayList<>();
      try {
        outcome.add(workers.extract(deep, "deep.md", percent -> {}).text().substring(0, 1));
      } catch (ExtractionFailed e) {
        outcome.add(e.code());
      }
      assertThat(outcome).isSubsetOf(ExtractionFailed.DAMAGED_FILE, ">", "e");
      assertReadsGoodFile(workers);
    }
  }

  @Test
  void readsSeveralFilesAtTheSameTime() throws Exception {
    try (var workers = new ExtractionWorkers(LIMITS, 2, MINUTE, Clock.systemUTC())) {
      var threads = new ArrayList<Thread>();
      var texts = java.util.Collections.synchronizedSet(new java.util.HashSet<String>());
      for (int i = 0; i < 12; i++) {
        var file = Files.writeString(folder.resolve(i + ".txt"), "file " + i);
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        texts.add(workers.extract(file, "a.txt", percent -> {}).text());
                      } catch (ExtractionFailed | InterruptedException e) {
                        texts.add(String.valueOf(e));
                      }
                    }));
      }
      for (var thread : threads) {
        thread.join();
      }

      assertThat(texts).hasSize(12).allMatch(text -> text.startsWith("file "));
    }
  }

  @Test
  void endsIdleWorkers() throws Exception {
    var before = children();

    try (var workers = new ExtractionWorkers(LIMITS, 1, Duration.ofSeconds(2), Clock.systemUTC())) {
      assertReadsGoodFile(workers);

      var worker = newChild(before);
      await().atMost(Duration.ofSeconds(60)).until(() -> !worker.isAlive());
      assertReadsGoodFile(workers);
    }
  }

  @Test
  void killsTheWorkerOfAnInterruptedCaller() throws Exception {
    var endless = pipe();
    var before = children();

    try (var workers = new ExtractionWorkers(LIMITS, 1, MINUTE, Clock.systemUTC())) {
      assertReadsGoodFile(workers);
      var worker = newChild(before);
      var caller =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      workers.extract(endless, "a.txt", percent -> {});
                    } catch (ExtractionFailed | InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      caller.interrupt();
      caller.join(20_000);

      assertThat(caller.isAlive()).isFalse();
      assertReadsGoodFile(workers);
      assertThat(worker.isAlive() && !children().contains(worker)).isFalse();
    }
  }

  @Test
  void endsWithItsParentEvenInTheMiddleOfAFile() throws Exception {
    var endless = pipe();

    try (var command = new WorkerCommand(LIMITS.heapBytes())) {
      var process = command.start(command.newTemporaryFolder());
      var input = new FrameInput(process.getInputStream());
      var output = new FrameOutput(process.getOutputStream());
      assertThat(input.read()).isEqualTo(new Frame.Ready());
      output.write(new Frame.Request(endless, "a.txt", LIMITS));
      output.close();

      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void assertReadsGoodFile(ExtractionWorkers workers) throws Exception {
    var good = Files.writeString(folder.resolve("good.txt"), "good");
    assertThat(workers.extract(good, "good.txt", percent -> {}).text()).isEqualTo("good");
  }

  private static void assertFails(ThrowingCallable call, String code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ExtractionFailed.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** A file whose reading never begins. */
  private Path pipe() throws IOException, InterruptedException {
    var path = folder.resolve("pipe");
    int result = new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
    assumeThat(result).as("mkfifo").isZero();
    return path;
  }

  private static Set<ProcessHandle> children() {
    return ProcessHandle.current().children().collect(Collectors.toSet());
  }

  private static ProcessHandle newChild(Set<ProcessHandle> before) {
    var all = children();
    all.removeAll(before);
    assertThat(all).hasSize(1);
    return all.iterator().next();
  }
}
