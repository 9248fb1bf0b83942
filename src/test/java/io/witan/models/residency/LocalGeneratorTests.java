package io.witan.models.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.witan.engine.EngineOptions;
import io.witan.engine.Fixtures;
import io.witan.engine.LanguageModel;
import io.witan.engine.SamplingOptions;
import io.witan.engine.serving.GenerationServer;
import io.witan.engine.serving.ServingOptions;
import io.witan.models.generation.ChatMessage;
import io.witan.models.generation.ConversationRefused;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GenerationEnd.Reason;
import io.witan.models.generation.GeneratorInfo;
import io.witan.models.generation.GeneratorOverloaded;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.Prompt.Conversation;
import io.witan.models.generation.Prompt.PlainText;
import io.witan.models.generation.PromptTooLong;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalGeneratorTests {
  private static final int CONTEXT = 2048;
  private static final String RULES =
      "Answer only from the passages, and say so if they do not contain the answer. ".repeat(6);

  private final List<AutoCloseable> open = new ArrayList<>();

  private LocalGenerator generator(String file, ServingOptions options) {
    var model =
        LanguageModel.load(
            Fixtures.path(file),
            EngineOptions.defaults().withContextTokens(CONTEXT).withCacheTokens(4 * CONTEXT));
    var server = new GenerationServer(model, options);
    open.add(server);
    open.add(model);
    var writer = model.promptWriter(Clock.systemUTC());
    return new LocalGenerator(
        new GeneratorInfo("id", "Fixture", true, CONTEXT, writer.hasTemplate()),
        server,
        writer,
        new ReadingSpeed(100, 10, 0),
        model::outputGrammars,
        new ResidentAdapters(model, server));
  }

  private LocalGenerator generator() {
    return generator("models/qwen3moe-q8_0.gguf", ServingOptions.defaults());
  }

  @AfterEach
  void close() throws Exception {
    for (var each : open) {
      each.close();
    }
  }

  private static Conversation conversation(String question) {
    return new Conversation(List.of(ChatMessage.system(RULES), ChatMessage.user(question)));
  }

  @Test
  void writesAsTheModelDoesAlone() {
    var generator = generator();
    var heard = new Heard();

    var end = generator.start(Heard.request(conversation("Why?"), 24), heard).end().join();

    var alone = new StringBuilder();
    try (var model =
            LanguageModel.load(
                Fixtures.path("models/qwen3moe-q8_0.gguf"),
                EngineOptions.defaults().withContextTokens(CONTEXT));
        var session = model.newSession()) {
      var turns =
          List.of(
              new io.witan.engine.PromptWriter.Turn("system", RULES),
              new io.witan.engine.PromptWriter.Turn("user", "Why?"));
      var prompt = model.promptWriter(Clock.systemUTC()).conversation(turns).tokens();
      assertThat(generator.countTokens(conversation("Why?"))).isEqualTo(prompt.length);
      session.append(prompt);
      session.generate(
          SamplingOptions.greedy(), 24, token -> !alone.append(token.text()).isEmpty() || true);
    }
    assertThat(heard.text()).isEqualTo(alone.toString()).isNotEmpty();
    assertThat(heard.read).last().isEqualTo(end.promptTokens());
    assertThat(heard.end).isEqualTo(end);
  }

  @Test
  void onePersonsPassagesAreReusedByNobodyElse() {
    var generator = generator();
    String passages = "Payments above five thousand need two signatures. ".repeat(12);

    var first = run(generator, passages + "Who signs?", "ann");
    var same = run(generator, passages + "How many?", "ann");
    var other = run(generator, passages + "How many?", "ben");

    assertThat(first.reusedTokens()).isZero();
    assertThat(same.reusedTokens()).isGreaterThan(other.reusedTokens());
    int instructions = generator.countTokens(conversation("").messages().getFirst().content()) + 16;
    assertThat(other.reusedTokens()).isPositive().isLessThanOrEqualTo(instructions);
  }

  @Test
  void whatIsForgottenIsReusedNoMore() {
    var generator = generator();
    String passages = "Payments above five thousand need two signatures. ".repeat(12);
    run(generator, passages + "Who signs?", "ann");

    generator.forgetPrivate();
    var afterwards = run(generator, passages + "How many?", "ann");

    int instructions = generator.countTokens(RULES) + 16;
    assertThat(afterwards.reusedTokens()).isPositive().isLessThanOrEqualTo(instructions);
    generator.forget("rules");
    generator.forget("ann");
    assertThat(run(generator, passages + "When?", "ann").reusedTokens()).isZero();
  }

  private static GenerationEnd run(LocalGenerator generator, String question, String person) {
    return generator
        .start(Heard.request(conversation(question), 2, person, "rules"), new Heard())
        .end()
        .join();
  }

  @Test
  void tellsTokensAndTheirProbabilities() {
    var generator = generator();
    var heard = new Heard();
    var asked = Heard.request(conversation("Why?"), 6);

    generator
        .start(
            new GeneratorRequest(
                asked.prompt(),
                SamplingOptions.greedy().withLogProbabilities(3),
                6,
                "ann",
                null,
                null,
                Duration.ofMinutes(1)),
            heard)
        .end()
        .join();

    var tokens = heard.pieces.stream().filter(piece -> !piece.token().isEmpty()).toList();
    assertThat(tokens).isNotEmpty();
    for (var piece : tokens) {
      assertThat(piece.logProbability()).isNegative();
      assertThat(piece.likeliest()).hasSize(3);
      assertThat(piece.likeliest().getFirst().token()).isEqualTo(piece.token());
      assertThat(piece.likeliest().getFirst().logProbability())
          .isCloseTo(piece.logProbability(), within(1e-6));
    }
  }

  @Test
  void refusesWhatDoesNotFitAndWhatTheModelDoesNotTake() {
    var generator = generator();
    String longText = "word ".repeat(3000);
    assertThatThrownBy(
            () -> generator.start(Heard.request(new PlainText(longText), 8), new Heard()))
        .isInstanceOf(PromptTooLong.class);
    assertThatThrownBy(
            () -> generator.start(Heard.request(new PlainText("Hi"), CONTEXT), new Heard()))
        .isInstanceOf(PromptTooLong.class);

    var base = generator("models/llama-q8_0.gguf", ServingOptions.defaults());
    assertThat(base.info().chatTemplate()).isFalse();
    assertThatThrownBy(() -> base.start(Heard.request(conversation("Why?"), 8), new Heard()))
        .isInstanceOf(ConversationRefused.class)
        .hasMessageContaining("no chat template");
  }

  @Test
  void refusesWhenTooManyWait() {
    var generator =
        generator(
            "models/qwen3moe-q8_0.gguf",
            ServingOptions.defaults().withRunning(1, 1).withQueued(1, 1));
    var request = Heard.request(new PlainText("Once"), 1500);
    var runs = new ArrayList<io.witan.models.generation.GenerationRun>();

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 4; i++) {
                runs.add(generator.start(request, new Heard()));
              }
            })
        .isInstanceOf(GeneratorOverloaded.class);

    runs.forEach(io.witan.models.generation.GenerationRun::cancel);
    assertThat(runs)
        .allSatisfy(run -> assertThat(run.end().join().reason()).isEqualTo(Reason.CANCELLED));
  }
}
