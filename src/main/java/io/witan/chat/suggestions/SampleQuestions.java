package io.witan.chat.suggestions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The example questions that come with the manual, which is the sample collection. */
@Component
class SampleQuestions {
  private static final String FILE = "manual/questions.json";

  private final Map<String, List<String>> byLanguage;

  SampleQuestions(JsonMapper json) {
    this.byLanguage = read(json);
  }

  List<String> in(String language) {
    return byLanguage.getOrDefault(language, List.of());
  }

  private static Map<String, List<String>> read(JsonMapper json) {
    try (var in = new ClassPathResource(FILE).getInputStream()) {
      return json.readValue(in, new TypeReference<Map<String, List<String>>>() {});
    } catch (IOException missing) {
      throw new UncheckedIOException(FILE + " is not on the class path", missing);
    }
  }
}
