package io.witan.documents.extraction;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The test data beside the checkout; tests that need it are skipped where it is absent. */
final class SharedData {

  private static final JsonMapper JSON = new JsonMapper();

  private SharedData() {}

  static Path folder(String name) {
    var folder =
        Path.of(System.getProperty("witan.shared", "../shared"))
            .toAbsolutePath()
            .normalize()
            .resolve("data")
            .resolve(name);
    assumeThat(folder).as("test data").isDirectory();
    return folder;
  }

  static List<JsonNode> lines(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.map(JSON::readTree).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  /** NFKC, folded, without white space: how the data's facts are meant to be compared. */
  static String squeezed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\s\\p{Z}]+", "");
  }

  /** Only letters and digits; facts that are Markdown source lose their marks and link targets. */
  static String words(String text) {
    var withoutTargets = text.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1");
    return squeezed(withoutTargets)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
