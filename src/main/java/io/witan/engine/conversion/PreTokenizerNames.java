package io.witan.engine.conversion;

import io.witan.engine.EngineException;
import java.util.List;

/**
 * Finds the name under which files ask for the cutting that a tokenizer.json describes. llama.cpp's
 * converter encodes a text and looks its hash up; here the rules themselves are compared, so that a
 * new model with known rules is known too.
 */
final class PreTokenizerNames {
  private static final String LLAMA3 =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String QWEN2 = LLAMA3.replace("\\p{N}{1,3}", "\\p{N}");

  private PreTokenizerNames() {}

  /**
   * @param tokenizer a tokenizer.json
   * @throws EngineException naming the rules if they are not known
   */
  static String of(Settings tokenizer, String architecture, boolean tidies) {
    checkNormalizer(tokenizer);
    var steps = steps(tokenizer);
    var last = steps.isEmpty() ? Settings.empty(tokenizer.file()) : steps.getLast();
    if (!type(last).equals("ByteLevel") || last.flag("add_prefix_space")) {
      throw unknown(tokenizer);
    }
    boolean cutsWords = last.findFlag("use_regex").orElse(true);
    if (steps.size() == 1 && cutsWords) {
      return switch (architecture) {
        case "mpt" -> "mpt";
        case "olmoe" -> "olmo";
        default -> "gpt-2";
      };
    }
    if (steps.size() == 2 && cutsWords && isEachDigit(steps.getFirst())) {
      return switch (architecture) {
        case "exaone" -> "exaone";
        case "granite", "granitemoe", "starcoder2" -> "starcoder";
        default -> tidies ? "starcoder" : "smollm";
      };
    }
    if (steps.size() == 2 && !cutsWords && type(steps.getFirst()).equals("Split")) {
      return ofExpression(tokenizer, expression(steps.getFirst()), architecture);
    }
    throw unknown(tokenizer);
  }

  private static String ofExpression(Settings tokenizer, String expression, String architecture) {
    if (expression.equals(QWEN2)) {
      return architecture.equals("grok") ? "grok-2" : "qwen2";
    }
    if (!expression.equals(LLAMA3)) {
      throw unknown(tokenizer);
    }
    return tokenizer.child("model").flag("ignore_merges") ? "llama-bpe" : "dbrx";
  }

  private static List<Settings> steps(Settings tokenizer) {
    var first = tokenizer.findChild("pre_tokenizer");
    if (first.isEmpty()) {
      return List.of();
    }
    return type(first.get()).equals("Sequence")
        ? first.get().children("pretokenizers")
        : List.of(first.get());
  }

  private static boolean isEachDigit(Settings step) {
    return type(step).equals("Digits") && step.flag("individual_digits");
  }

  private static String expression(Settings split) {
    boolean plain =
        split.findText("behavior").orElse("").equals("Isolated") && !split.flag("invert");
    return plain ? split.findChild("pattern").flatMap(p -> p.findText("Regex")).orElse("") : "";
  }

  /** Composing characters (NFC) changes next to nothing; llama.cpp leaves it out too. */
  private static void checkNormalizer(Settings tokenizer) {
    var normalizer = tokenizer.findChild("normalizer");
    if (normalizer.isPresent() && !type(normalizer.get()).equals("NFC")) {
      throw new EngineException.Unsupported(
          "%s: the normalizer %s is not supported"
              .formatted(tokenizer.file(), type(normalizer.get())));
    }
  }

  private static String type(Settings step) {
    return step.findText("type").orElse("");
  }

  private static EngineException unknown(Settings tokenizer) {
    var names = steps(tokenizer).stream().map(PreTokenizerNames::described).toList();
    return new EngineException.Unsupported(
        tokenizer.file() + ": this way of cutting words is not known: " + String.join(", ", names));
  }

  private static String described(Settings step) {
    String expression = expression(step);
    return expression.isEmpty() ? type(step) : type(step) + " " + expression;
  }
}
