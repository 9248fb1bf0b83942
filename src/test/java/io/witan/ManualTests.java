package io.witan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The manual ships as the sample collection, in two languages that must not drift apart. */
class ManualTests {
  private static final Path MANUAL = Path.of("docs/manual");
  private static final Pattern LINK =
      Pattern.compile("]\\((?!https?:|#)([^)#]+\\.(?:md|txt|json)|LICENSE|NOTICE)[)#]");

  @Test
  void hasTheSameChaptersInBothLanguages() throws IOException {
    assertThat(chapters("zh")).isEqualTo(chapters("en")).hasSizeBetween(8, 14);
  }

  @ParameterizedTest
  @MethodSource("chapters")
  void hasTheSameOutlineInBothLanguages(String chapter) {
    assertThat(outline("zh", chapter)).isEqualTo(outline("en", chapter));
  }

  @ParameterizedTest
  @MethodSource("chapters")
  void showsTheSameCommandsInBothLanguages(String chapter) {
    assertThat(commands("zh", chapter)).isEqualTo(commands("en", chapter));
  }

  @ParameterizedTest
  @MethodSource("chapters")
  void beginsEachChapterWithItsOnlyTitle(String chapter) {
    for (String language : List.of("en", "zh")) {
      var lines = lines(language, chapter);

      assertThat(lines.getFirst()).startsWith("# ");
      assertThat(lines).filteredOn(line -> line.startsWith("# ")).hasSize(1);
    }
  }

  @Test
  void offersAsManyExampleQuestionsInEachLanguage() throws IOException {
    var questions =
        JsonMapper.shared().readTree(Files.readAllBytes(MANUAL.resolve("questions.json")));

    assertThat(questions.get("en").size()).isBetween(3, 6).isEqualTo(questions.get("zh").size());
  }

  @Test
  void linksOnlyToPagesThatAreThere() throws IOException {
    try (Stream<Path> files =
        Stream.concat(Files.list(Path.of(".")), Files.walk(Path.of("docs")))) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(ManualTests::followLinks);
    }
  }

  private static void followLinks(Path file) {
    var links = LINK.matcher(read(file));
    while (links.find()) {
      assertThat(file.resolveSibling(links.group(1)).normalize()).as("%s", file).exists();
    }
  }

  static List<String> chapters() throws IOException {
    return chapters("en");
  }

  private static List<String> chapters(String language) throws IOException {
    try (Stream<Path> files = Files.list(MANUAL.resolve(language))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** What each line is, not what it says: headings by level, table rows by their columns. */
  private static List<String> outline(String language, String chapter) {
    return lines(language, chapter).stream()
        .filter(line -> line.startsWith("#") || line.startsWith("|") || line.startsWith("- "))
        .map(line -> line.startsWith("|") ? "| ".repeat(line.split("\\|").length - 1) : level(line))
        .toList();
  }

  private static String level(String line) {
    return line.substring(0, line.indexOf(' '));
  }

  /** Indented lines, without the words in quotation marks, which are translated. */
  private static List<String> commands(String language, String chapter) {
    return lines(language, chapter).stream()
        .filter(line -> line.startsWith("    "))
        .map(line -> line.replaceAll("\": \"[^\"]*\"", "\": …"))
        .toList();
  }

  private static List<String> lines(String language, String chapter) {
    return read(MANUAL.resolve(language).resolve(chapter)).lines().toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
