package io.witan.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.witan.documents.Library.Upload;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Third-party files beside the checkout, uploaded as a person would. */
@DocumentsApplication
class RealFilesIntegrationTests {
  private static final Map<String, List<String>> ENDS =
      Map.of(
          "encrypted", List.of("FAILED password-needed"),
          "image_only",
              List.of("INDEXED no-text-found", "INDEXED"), // one has text that its tool missed
          "archive", List.of("REJECTED unsupported-format", "FAILED unsupported-format"));

  @Autowired Library library;

  @Test
  void endsEveryHostileFileInItsOutcomeWhileOthersGoOn() throws IOException {
    var folder = shared("documents");
    var bea = library.member("bea");
    var collection = bea.collection("hostile");
    var unusual = new ArrayList<JsonNode>();
    for (var line : Files.readAllLines(folder.resolve("manifest.jsonl"))) {
      var file = Library.JSON.readTree(line);
      if (!file.path("class").asString().startsWith("ok")) {
        unusual.add(file);
      }
    }
    var ends = new ArrayList<String>();
    var sent = new ArrayList<JsonNode>();
    for (var file : unusual) {
      sent.add(bea.upload(collection, upload(folder, file.path("file").asString())).getFirst());
      bea.add(
          collection, Upload.of("good after " + sent.size() + ".txt", "Good file " + sent.size()));
    }
    bea.allFinished(collection, Duration.ofMinutes(6));

    for (int i = 0; i < unusual.size(); i++) {
      var kind = unusual.get(i).path("class").asString();
      var end = end(bea, sent.get(i));
      ends.add(kind + ": " + end + " (" + unusual.get(i).path("file").asString() + ")");
      var allowed = ENDS.get(kind);
      if (allowed != null) {
        assertThat(end).as(unusual.get(i).toString()).isIn(allowed);
      }
    }
    assertThat(ends).anyMatch(end -> end.startsWith("image_only: INDEXED no-text-found"));
    System.out.println("hostile files:\n" + String.join("\n", ends));
    assertThat(goodOnes(bea, collection)).hasSize(unusual.size()).containsOnly("INDEXED");
  }

  @Test
  void indexesEveryFileOfAnOrganisationInMixedFormats() throws IOException {
    var folder = shared("enterprise-files").resolve("CloudWay-24");
    var bea = library.member("bea");
    var collection = bea.collection("CloudWay-24");
    List<Path> files;
    try (var all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    double before = cpuSeconds();
    long start = System.nanoTime();

    for (int from = 0; from < files.size(); from += 20) {
      var batch = new ArrayList<Upload>();
      for (var file : files.subList(from, Math.min(from + 20, files.size()))) {
        batch.add(new Upload(folder.relativize(file).toString(), Files.readAllBytes(file)));
      }
      assertThat(bea.upload(collection, batch.toArray(Upload[]::new)))
          .allMatch(result -> !result.path("document").isNull());
    }
    bea.allFinished(collection, Duration.ofMinutes(8));

    double seconds = (System.nanoTime() - start) / 1e9;
    double cpu = cpuSeconds() - before;
    long passages =
        library.number(
            "select sum(passages) from documents.revision where collection_id = ?", collection);
    System.out.printf(
        "ingest: %d documents, %d passages, %.1f s, %.1f CPU-s (workers included): %.2f documents and %.1f passages per CPU-s%n",
        files.size(), passages, seconds, cpu, files.size() / cpu, passages / cpu);
    assertThat(bea.count(collection, "failed")).isZero();
    assertThat(bea.count(collection, "documents")).isEqualTo(files.size());
    assertThat(
            library.number(
                "select count(*) from documents.revision where collection_id = ? and coalesce(passages, 0) = 0",
                collection))
        .isZero();
  }

  /** CPU time of this process and of the workers it started, so far. */
  private static double cpuSeconds() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double workers =
        ProcessHandle.current()
                .descendants()
                .mapToLong(p -> p.info().totalCpuDuration().orElse(Duration.ZERO).toMillis())
                .sum()
            / 1e3;
    return system.getProcessCpuTime() / 1e9 + workers;
  }

  private static String end(Library.Reader reader, JsonNode result) {
    if (result.path("document").isNull()) {
      return result.path("outcome").asString()
          + " "
          + result.path("problem").path("code").asString("");
    }
    var document = reader.document(UUID.fromString(result.path("document").path("id").asString()));
    var code =
        document
            .path("problem")
            .path("code")
            .asString(document.path("warning").path("code").asString(""));
    return (Library.state(document) + " " + code).strip();
  }

  private static List<String> goodOnes(Library.Reader reader, UUID collection) {
    return reader
        .api
        .get("/api/v1/documents?limit=200&query=good+after&collectionId=" + collection)
        .json()
        .path("items")
        .valueStream()
        .map(Library::state)
        .toList();
  }

  private static Upload upload(Path folder, String file) throws IOException {
    return new Upload(file, Files.readAllBytes(folder.resolve(file)));
  }

  private static Path shared(String name) {
    var folder =
        Path.of(System.getProperty("witan.shared", "../shared"))
            .toAbsolutePath()
            .normalize()
            .resolve("data")
            .resolve(name);
    assumeThat(folder).as("test data").isDirectory();
    return folder;
  }
}
