package io.witan;

import io.witan.engine.FinishReason;
import io.witan.engine.GeneratedToken;
import io.witan.engine.LanguageModel;
import io.witan.engine.OutputGrammar;
import io.witan.engine.SamplingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Lets a model go on with a text. */
@Command(name = "generate", description = "Let a model go on with a text or with tokens.")
final class ModelGenerate implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A GGUF file; of a split one the first part.")
  private Path path = Path.of(".");

  @Option(names = "--prompt", description = "The text to go on with.")
  private @Nullable String prompt;

  @Option(names = "--tokens", description = "Token ids to go on with, instead of a text.")
  private @Nullable String tokens;

  @Option(
      names = "--max-tokens",
      defaultValue = "128",
      description = "Tokens at most (default: ${DEFAULT-VALUE}).")
  private int maxTokens = 128;

  @Option(
      names = "--temperature",
      defaultValue = "0",
      description = "0 takes the likeliest token (default: ${DEFAULT-VALUE}).")
  private float temperature;

  @Option(names = "--top-k", description = "Keep so many of the likeliest tokens.")
  private @Nullable Integer topK;

  @Option(names = "--top-p", description = "Keep tokens that together have this probability.")
  private @Nullable Float topP;

  @Option(names = "--min-p", description = "Keep tokens this fraction as likely as the likeliest.")
  private @Nullable Float minP;

  @Option(
      names = "--repetition-penalty",
      description = "Divide the logits of recent tokens by this; 1 is none.")
  private @Nullable Float repetitionPenalty;

  @Option(
      names = "--presence-penalty",
      description = "Take this from the logits of recent tokens; 0 is none.")
  private @Nullable Float presencePenalty;

  @Option(
      names = "--log-probs",
      defaultValue = "0",
      paramLabel = "N",
      description = "With --json: each token's log-probability and those of the N likeliest.")
  private int logProbabilities;

  @Option(names = "--seed", defaultValue = "0", description = "The same seed, the same tokens.")
  private long seed;

  @Option(names = "--stop", description = "A text that ends the answer; may be repeated.")
  private List<String> stop = List.of();

  @Option(names = "--grammar", description = "A file with a GBNF grammar that the text follows.")
  private @Nullable Path grammar;

  @Option(
      names = "--json-schema",
      description = "A file with a JSON schema; the text is a document of it.")
  private @Nullable Path jsonSchema;

  @Option(names = "--json", description = "Print JSON: the tokens, the text and why it ended.")
  private boolean json;

  @Mixin private SessionFlags flags = new SessionFlags();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try (var model = LanguageModel.load(path, flags.options());
        var session = flags.newSession(model)) {
      int[] ids = prompt == null ? TokenList.of(tokens, null) : encode(model, prompt);
      var generated = new ArrayList<GeneratedToken>();
      var out = spec.commandLine().getOut();
      session.append(ids);
      var reason =
          session.generate(
              sampling(),
              grammarFor(model),
              maxTokens,
              token -> {
                generated.add(token);
                if (!json) {
                  out.print(token.text());
                  out.flush();
                }
                return true;
              });
      out.println(json ? asJson(ids, generated, reason) : "");
    }
    return 0;
  }

  private @Nullable OutputGrammar grammarFor(LanguageModel model) {
    if (grammar != null && jsonSchema != null) {
      throw new CommandProblem("Give --grammar or --json-schema, not both.");
    }
    try {
      if (grammar != null) {
        return model.outputGrammars().gbnf(Files.readString(grammar));
      }
      return jsonSchema == null
          ? null
          : model.outputGrammars().jsonSchema(Files.readString(jsonSchema));
    } catch (IOException unreadable) {
      throw new CommandProblem("The grammar cannot be read: " + unreadable.getMessage());
    }
  }

  private static int[] encode(LanguageModel model, String text) {
    int[] ids = model.encode(text);
    if (ids.length == 0) {
      throw new CommandProblem("The prompt has no tokens.");
    }
    return ids;
  }

  private SamplingOptions sampling() {
    try {
      var options =
          SamplingOptions.greedy().withTemperature(temperature).withSeed(seed).withStop(stop);
      options = topK == null ? options : options.withTopK(topK);
      options =
          repetitionPenalty == null ? options : options.withRepetitionPenalty(repetitionPenalty);
      options = presencePenalty == null ? options : options.withPresencePenalty(presencePenalty);
      options = options.withLogProbabilities(logProbabilities);
      options = topP == null ? options : options.withTopP(topP);
      return minP == null ? options : options.withMinP(minP);
    } catch (IllegalArgumentException e) {
      throw new CommandProblem(String.valueOf(e.getMessage()));
    }
  }

  private String asJson(int[] ids, List<GeneratedToken> generated, FinishReason reason) {
    Map<String, Object> all = new LinkedHashMap<>();
    var text = new StringBuilder();
    generated.forEach(token -> text.append(token.text()));
    all.put("promptTokens", ids);
    all.put("ids", generated.stream().map(GeneratedToken::id).filter(id -> id >= 0).toList());
    all.put("text", text.toString());
    if (logProbabilities > 0) {
      all.put("logProbabilities", generated.stream().filter(token -> token.id() >= 0).toList());
    }
    all.put("finishReason", reason.name().toLowerCase(Locale.ROOT));
    return JsonMapper.builder().build().writeValueAsString(all);
  }
}
