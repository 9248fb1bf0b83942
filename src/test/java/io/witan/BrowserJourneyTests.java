package io.witan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.witan.database.TestDatabase;
import io.witan.identity.SetupLinks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole path in a real Chromium; the steps are in frontend/e2e/journey.mjs.
 *
 * <p>Skipped where there is no Chromium or the pages were not built, but never in CI.
 */
@SpringBootTest(
    classes = WitanApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    // a setting of its own keeps this application, which is not set up yet, apart from the others
    properties = {"server.address=127.0.0.1", "spring.application.name=journey"})
@ContextConfiguration(initializers = TestDatabase.Initializer.class)
class BrowserJourneyTests {
  private static final Path REAL_PDF =
      Path.of(System.getProperty("witan.shared", "../shared"))
          .resolve("data/enterprise-files/CloudWay-24/pdf/Delayed Baggage.pdf");

  @LocalServerPort private int port;
  @Autowired private SetupLinks links;
  @TempDir private Path folder;

  /** What is uploaded and asked. */
  private record Subject(Path pdf, String title, String question, String expected) {}

  @Test
  void leadsFromSetUpToACitedAnswerAndKeepsItFromOthers() throws Exception {
    Path chromium = require(chromium(), "Chromium is not installed");
    require(
        Optional.of(new ClassPathResource("static/index.html")).filter(ClassPathResource::exists),
        "the pages are not built (frontend.skip)");
    Path log = Files.createDirectories(Path.of("target")).resolve("journey.log");

    var process = browser(chromium, subject(), log).start();
    boolean ended = process.waitFor(6, TimeUnit.MINUTES);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();

    String told = Files.readString(log);
    System.out.println(told.indent(2));
    assertThat(ended).as("ended in time:%n%s", told).isTrue();
    assertThat(process.exitValue()).as(told).isZero();
    assertThat(told).contains("ok nothing was asked of another host");
  }

  private ProcessBuilder browser(Path chromium, Subject subject, Path log) {
    var builder = new ProcessBuilder("node", "e2e/journey.mjs");
    builder.directory(Path.of("frontend").toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    var environment = builder.environment();
    environment.put("BASE", "http://127.0.0.1:" + port);
    environment.put("SETUP_TOKEN", links.issue().orElseThrow());
    environment.put("PDF", subject.pdf().toAbsolutePath().toString());
    environment.put("PDF_TITLE", subject.title());
    environment.put("QUESTION", subject.question());
    environment.put("EXPECTED", subject.expected());
    environment.put("CHROMIUM", chromium.toString());
    environment.put("SCREENSHOTS", Path.of("target/screenshots").toAbsolutePath().toString());
    return builder;
  }

  private Subject subject() throws IOException {
    if (Files.exists(REAL_PDF)) {
      return new Subject(
          REAL_PDF,
          "Delayed Baggage",
          "How do I report a delayed bag with CloudWay 24?",
          "Property Irregularity Report");
    }
    Path made = folder.resolve("Parental leave.pdf");
    write(made);
    return new Subject(
        made, "Parental leave", "How many weeks of parental leave are paid?", "sixteen weeks");
  }

  private static void write(Path file) throws IOException {
    var lines =
        List.of(
            "Parental leave",
            "Every employee may take parental leave after a birth or an adoption.",
            "The company pays sixteen weeks of parental leave in full.",
            "Tell your manager two months before the leave begins.");
    try (var document = new PDDocument()) {
      var page = new PDPage();
      document.addPage(page);
      try (var content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.newLineAtOffset(72, 700);
        for (int i = 0; i < lines.size(); i++) {
          content.setFont(new PDType1Font(FontName.HELVETICA), i == 0 ? 20 : 11);
          content.showText(lines.get(i));
          content.newLineAtOffset(0, -24);
        }
        content.endText();
      }
      document.save(file.toFile());
    }
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).startsWith("%PDF");
  }

  private static Optional<Path> chromium() {
    return Stream.of(
            System.getenv("WITAN_CHROMIUM"),
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
        .filter(Objects::nonNull)
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static <T> T require(Optional<T> needed, String otherwise) {
    if (System.getenv("CI") == null) {
      assumeTrue(needed.isPresent(), otherwise);
    }
    return needed.orElseThrow(() -> new AssertionError(otherwise));
  }
}
