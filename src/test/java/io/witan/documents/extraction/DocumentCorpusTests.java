package io.witan.documents.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.witan.documents.chunking.ChunkInvariants;
import io.witan.documents.chunking.Chunker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Third-party files, hostile ones among them, measured against facts found by other tools. */
class DocumentCorpusTests {

  private static final Chunker CHUNKER = new Chunker();
  private static ExtractionWorkers workers = open();

  private static ExtractionWorkers open() {
    return new ExtractionWorkers(
        ExtractionLimits.defaults(), 2, Duration.ofMinutes(1), Clock.systemUTC());
  }

  @BeforeAll
  static void needsData() {
    SharedData.folder("documents");
  }

  @AfterAll
  static void close() {
    workers.close();
  }

  @Test
  void endsEveryFileInItsStatedOutcomeWhileGoodFilesBetweenSucceed() throws Exception {
    var folder = SharedData.folder("documents");
    var good = folder.resolve("files/032-testBMPfp.txt");
    var wrong = new ArrayList<String>();

    for (var entry : SharedData.lines(folder.resolve("manifest.jsonl"))) {
      var expected = entry.get("expect").asString();
      if (expected.equals("parse")) {
        continue;
      }
      long start = System.nanoTime();
      var outcome = outcomeOf(folder.resolve(entry.get("file").asString()));
      long seconds = (System.nanoTime() - start) / 1_000_000_000;
      if (!allowed(expected).contains(outcome) || seconds > 70) {
        wrong.add(entry.get("file").asString() + " → " + outcome + " in " + seconds + " s");
      }
      assertThat(outcomeOf(good)).as("a good file afterwards").isEqualTo("text");
    }

    assertThat(wrong).isEmpty();
  }

  @Test
  void findsTheFactsOfTheDocuments() throws Exception {
    var folder = SharedData.folder("documents");
    var exact = new Score();
    var words = new Score();

    for (var entry : SharedData.lines(folder.resolve("manifest.jsonl"))) {
      var facts = SharedData.strings(entry.get("facts"));
      if (facts.isEmpty()) {
        continue;
      }
      var text = textOf(folder.resolve(entry.get("file").asString()));
      exact.add("all", facts, text, SharedData::squeezed);
      words.add("all", facts, text, SharedData::words);
    }

    System.out.println("facts of documents, exactly: " + exact + "; letters and digits: " + words);
    // what is missed exactly: delimiters of CSV and Markdown tables, which become " | "
    assertThat(exact.share("all")).as(exact.missed.toString()).isGreaterThanOrEqualTo(0.92);
    assertThat(words.share("all")).as(words.missed.toString()).isGreaterThanOrEqualTo(0.97);
  }

  @Test
  void findsTheFactsOfTheSameDocumentInFiveFormats() throws Exception {
    var folder = SharedData.folder("enterprise-files");
    var score = new Score();

    for (var entry : SharedData.lines(folder.resolve("facts.jsonl"))) {
      var facts = SharedData.strings(entry.get("must_contain"));
      var text = textOf(folder.resolve(entry.get("file").asString()));
      // the facts are Markdown source, so that only their words can be compared
      score.add(entry.get("format").asString(), facts, text, SharedData::words);
    }

    System.out.println("facts of enterprise files: " + score);
    for (var format : List.of("md", "html", "pdf", "docx", "pptx")) {
      assertThat(score.share(format))
          .as("%s, missed %s", format, score.missed)
          .isGreaterThanOrEqualTo(0.95);
    }
  }

  private static String outcomeOf(Path file) throws InterruptedException {
    try {
      var document = workers.extract(file, file.getFileName().toString(), percent -> {});
      DocumentInvariants.check(document);
      ChunkInvariants.check(document, CHUNKER.chunk(document));
      return document.text().isBlank() ? document.warnings().getFirst().code() : "text";
    } catch (ExtractionFailed e) {
      return e.code();
    }
  }

  private static List<String> allowed(String expected) {
    return switch (expected) {
      case "clear_error_needs_password" -> List.of(ExtractionFailed.PASSWORD_NEEDED);
      case "clear_error_or_partial" -> List.of(ExtractionFailed.DAMAGED_FILE, "text");
      case "reject_or_bounded_unpack" -> List.of(ExtractionFailed.UNSUPPORTED_FORMAT);
      // one of the two has a few words after all, which pdftotext does not see
      case "no_text_without_ocr" -> List.of(ExtractionWarning.NO_TEXT_FOUND, "text");
      case "bounded_time_memory_no_crash" ->
          List.of(
              "text",
              ExtractionWarning.NO_TEXT_FOUND,
              ExtractionFailed.DAMAGED_FILE,
              ExtractionFailed.UNSUPPORTED_FORMAT,
              ExtractionFailed.TOO_LARGE_WHEN_UNPACKED,
              ExtractionFailed.TOOK_TOO_LONG,
              ExtractionFailed.OUT_OF_MEMORY);
      default -> fail("the manifest expects something new: " + expected);
    };
  }

  private static String textOf(Path file) throws ExtractionFailed, InterruptedException {
    var document = workers.extract(file, file.getFileName().toString(), percent -> {});
    DocumentInvariants.check(document);
    ChunkInvariants.check(document, CHUNKER.chunk(document));
    return document.text();
  }

  private static final class Score {
    final Map<String, int[]> counts = new TreeMap<>();
    final List<String> missed = new ArrayList<>();

    void add(String group, List<String> facts, String text, UnaryOperator<String> form) {
      var count = counts.computeIfAbsent(group, g -> new int[2]);
      var formed = form.apply(text);
      for (var fact : facts) {
        count[1]++;
        if (formed.contains(form.apply(fact))) {
          count[0]++;
        } else {
          missed.add(group + ": " + fact);
        }
      }
    }

    double share(String group) {
      var count = counts.getOrDefault(group, new int[] {0, 1});
      return count[0] / (double) count[1];
    }

    @Override
    public String toString() {
      var text = new StringBuilder();
      counts.forEach((g, c) -> text.append(g + " " + c[0] + "/" + c[1] + " "));
      return text.toString().strip();
    }
  }
}
