package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Generation held to schemas: the weights are random, so only the mask makes JSON of it. */
class GrammarGenerationTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SCHEMA =
      """
      {"type":"object","required":["name","tags","level"],"additionalProperties":false,
       "properties":{"name":{"type":"string","maxLength":12},
        "tags":{"type":"array","items":{"enum":["红","b","née"]},"maxItems":3},
        "level":{"type":"integer","minimum":-3,"maximum":120},
        "day":{"type":"string","format":"date"}}}""";

  @ParameterizedTest
  @ValueSource(
      strings = {"llama-q8_0", "dbrx-q8_0", "mixtral-q8_0", "qwen2moe-q8_0", "qwen3moe-q8_0"})
  void writesOnlyDocumentsOfTheSchema(String file) {
    var path = Fixtures.path("models/" + file + ".gguf");
    try (var model = LanguageModel.load(path, EngineOptions.defaults().withThreads(1))) {
      var grammar = model.outputGrammars().jsonSchema(SCHEMA);
      for (int seed = 0; seed < 12; seed++) {
        var options = seed == 0 ? SamplingOptions.greedy() : SamplingOptions.varied(seed);
        var text = new StringBuilder();
        try (var session = model.newSession()) {
          session.append(model.encode("Write JSON:"));
          var reason =
              session.generate(
                  options,
                  grammar,
                  200,
                  token -> {
                    text.append(token.text());
                    return true;
                  });
          assertThat(reason).as(text.toString()).isEqualTo(FinishReason.STOP);
        }
        var document = JSON.readTree(text.toString());
        assertThat(document.get("name").stringValue().codePoints().count()).isLessThanOrEqualTo(12);
        assertThat(document.get("tags").size()).isLessThanOrEqualTo(3);
        assertThat(document.get("level").intValue()).isBetween(-3, 120);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-q8_0", "qwen2moe-q8_0"})
  void takesTheLikeliestOfTheAllowedTokens(String file) {
    var path = Fixtures.path("models/" + file + ".gguf");
    try (var model = LanguageModel.load(path, EngineOptions.defaults().withThreads(1));
        var session = model.newSession()) {
      var grammar = model.outputGrammars().jsonSchema(SCHEMA);
      assertThat(model.outputGrammars().jsonSchema(SCHEMA).compiled()).isSameAs(grammar.compiled());
      var follows = grammar.compiled().matcher();
      session.append(model.encode("Write JSON:"));
      session.generate(
          SamplingOptions.greedy(),
          grammar,
          200,
          token -> {
            if (token.id() >= 0) {
              int best = -1;
              float[] logits = session.logits();
              var mask = follows.mask();
              for (int id = 0; id < logits.length; id++) {
                if (mask.allows(id) && (best < 0 || logits[id] > logits[best])) {
                  best = id;
                }
              }
              assertThat(token.id()).isEqualTo(best);
              follows.accept(token.id());
            }
            return true;
          });
      assertThat(follows.isComplete()).isTrue();
    }
  }
}
