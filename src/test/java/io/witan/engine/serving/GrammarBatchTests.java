package io.witan.engine.serving;

import static io.witan.engine.serving.ServedModel.request;
import static io.witan.engine.serving.ServedModel.resultOf;
import static io.witan.engine.serving.ServedModel.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.witan.engine.GeneratedToken;
import io.witan.engine.OutputGrammar;
import io.witan.engine.SamplingOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Requests held to a grammar beside others that are not. */
class GrammarBatchTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST = 160;
  private static final int PAGES = 40;
  private static final String SCHEMA =
      """
      {"type":"object","required":["name","level"],"additionalProperties":false,
       "properties":{"name":{"type":"string","maxLength":12},
        "level":{"type":"integer","minimum":-3,"maximum":120}}}\
      """;

  @TempDir private static Path folder = Path.of(".");

  private ServedModel served;
  private OutputGrammar grammar;

  @BeforeEach
  void load() {
    served = ServedModel.load(ServedModel.write(folder), PAGES);
    grammar = served.model.outputGrammars().jsonSchema(SCHEMA);
  }

  @AfterEach
  void close() {
    served.close();
  }

  private static GenerationRequest asked(
      int[] prompt, SamplingOptions sampling, String owner, @Nullable OutputGrammar grammar) {
    return new GenerationRequest(
        prompt, sampling, MOST, owner, PrefixScope.none(), Deadline.none(), grammar, null);
  }

  private List<GeneratedToken> alone(
      int[] prompt, SamplingOptions sampling, @Nullable OutputGrammar held) {
    if (held == null) {
      return served.alone(prompt, sampling, MOST);
    }
    var tokens = new ArrayList<GeneratedToken>();
    try (var session = served.model.newSession()) {
      session.append(prompt);
      session.generate(sampling, held, MOST, tokens::add);
    }
    return tokens;
  }

  private static String text(List<GeneratedToken> tokens) {
    return tokens.stream().map(GeneratedToken::text).collect(Collectors.joining());
  }

  @Test
  void everyRequestOfAMixedBatchIsWhatItIsAlone() {
    try (var server = served.serve(ServedModel.options())) {
      var heard = new ArrayList<Recording>();
      var handles = new ArrayList<GenerationHandle>();
      var expected = new ArrayList<List<GeneratedToken>>();
      for (int i = 0; i < 6; i++) {
        int[] prompt = tokens(20 + 13 * i, i);
        var sampling = i == 0 ? SamplingOptions.greedy() : SamplingOptions.varied(i);
        var held = i % 2 == 0 ? grammar : null;
        expected.add(alone(prompt, sampling, held));
        var recording = new Recording();
        heard.add(recording);
        handles.add(server.submit(asked(prompt, sampling, "owner " + i, held), recording));
      }

      for (int i = 0; i < handles.size(); i++) {
        var result = resultOf(handles.get(i));
        assertThat(heard.get(i).tokens).as("request %d", i).isEqualTo(expected.get(i));
        if (i % 2 == 0) {
          assertThat(result.reason()).isEqualTo(EndReason.STOP);
          var document = JSON.readTree(text(heard.get(i).tokens));
          assertThat(document.get("level").intValue()).isBetween(-3, 120);
        }
      }
    }
  }

  @Test
  void aStopTextEndsADocumentInTheMiddleAndNothingElse() {
    int[] prompt = tokens(40, 3);
    var whole = SamplingOptions.varied(8);
    var stopping = whole.withStop(List.of("\"level\""));
    var expected = alone(prompt, stopping, grammar);
    try (var server = served.serve(ServedModel.options())) {
      var cut = new Recording();
      var complete = new Recording();

      var first = server.submit(asked(prompt, stopping, "a", grammar), cut);
      var second = server.submit(asked(prompt, whole, "b", grammar), complete);

      assertThat(resultOf(first).reason()).isEqualTo(EndReason.STOP);
      assertThat(cut.tokens).isEqualTo(expected);
      assertThat(text(cut.tokens)).startsWith("{").doesNotContain("level");
      assertThat(resultOf(second).reason()).isEqualTo(EndReason.STOP);
      assertThat(JSON.readTree(text(complete.tokens)).has("level")).isTrue();
    }
  }

  @Test
  void cancellingOneLeavesTheOthersDocumentsWhole() {
    int[] prompt = tokens(40, 4);
    var sampling = SamplingOptions.varied(5);
    var expected = alone(prompt, sampling, grammar);
    try (var server = served.serve(ServedModel.options())) {
      var other = server.submit(request(tokens(30, 9), MOST, "c"), new Recording());
      var begun = new Recording();
      var leaving = server.submit(asked(tokens(900, 6), sampling, "a", grammar), begun);
      var staying = new Recording();
      Recording.until(() -> !begun.reads.isEmpty());
      leaving.cancel();

      var kept = server.submit(asked(prompt, sampling, "b", grammar), staying);

      assertThat(resultOf(kept).reason()).isEqualTo(EndReason.STOP);
      assertThat(staying.tokens).isEqualTo(expected);
      assertThat(resultOf(leaving).reason()).isEqualTo(EndReason.CANCELLED);
      assertThat(resultOf(other).usage().generated()).isEqualTo(MOST);
      Recording.until(() -> server.statistics().pages().free() == PAGES);
    }
  }
}
