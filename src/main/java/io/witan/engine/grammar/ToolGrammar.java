package io.witan.engine.grammar;

import static io.witan.engine.grammar.Expression.choice;
import static io.witan.engine.grammar.Expression.optional;
import static io.witan.engine.grammar.Expression.sequence;
import static io.witan.engine.grammar.Expression.text;

import io.witan.engine.EngineException;
import io.witan.engine.grammar.Expression.Reference;
import io.witan.engine.grammar.Expression.Repeat;
import io.witan.engine.grammar.TriggeredText.Trigger;
import io.witan.engine.tools.Tool;
import io.witan.engine.tools.ToolCallFormat;
import io.witan.engine.tools.ToolUse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Writes the grammar of answers that may call functions. Until a call begins any text may come;
 * then only calls in the model's own format, with arguments of the function's schema. For one use.
 */
public final class ToolGrammar {
  private static final Map<String, Object> NO_ARGUMENTS =
      Map.of("type", "object", "additionalProperties", false);
  private static final Reference BLANK = new Reference("blank");
  private static final Expression ID = new Repeat(Expression.of("A-Za-z0-9"), 9, 9);

  private final ToolCallFormat format;
  private final boolean parallel;
  private final Predicate<String> isControl;
  private final Map<String, Expression> rules = new LinkedHashMap<>();

  private ToolGrammar(ToolCallFormat format, ToolUse use, Predicate<String> isControl) {
    this.format = format;
    this.parallel = use.parallel();
    this.isControl = isControl;
    rules.put("blank", JsonTexts.BLANK);
    var calls = new ArrayList<Expression>();
    for (var tool : use.called()) {
      calls.add(named(tool, arguments(tool)));
    }
    rules.put("named", choice(calls));
  }

  /**
   * @param isControl whether the vocabulary has a control token of that name
   * @throws EngineException.InvalidGrammar if a schema cannot be held
   */
  public static Grammar of(ToolCallFormat format, ToolUse use, Predicate<String> isControl) {
    var writer = new ToolGrammar(format, use, isControl);
    writer.rules.put("rest", writer.rest());
    var root = use.required() ? writer.required() : writer.free();
    writer.rules.put("answer", root);
    return new Grammar(writer.rules, "answer");
  }

  /** The rules of a function's arguments, under names of its own. */
  private Reference arguments(Tool tool) {
    var parameters = tool.parameters() == null ? NO_ARGUMENTS : tool.parameters();
    Grammar grammar;
    try {
      grammar = new SchemaCompiler(JsonValues.of(parameters)).compile();
    } catch (EngineException.InvalidGrammar refused) {
      throw new EngineException.InvalidGrammar(
          "the parameters of “%s”: %s".formatted(tool.name(), refused.getMessage()));
    }
    var prefix = tool.name() + " ";
    grammar.rules().forEach((name, rule) -> rules.put(prefix + name, rule.renamed(prefix)));
    return new Reference(prefix + grammar.root());
  }

  /** From the name on: what stands before it is the same for all. */
  private Expression named(Tool tool, Reference arguments) {
    if (format.member().isEmpty()) {
      var id = format == ToolCallFormat.MISTRAL_IDS ? marked(ToolCallFormat.CALL_ID, ID) : null;
      var end = marked(ToolCallFormat.ARGUMENTS, arguments);
      return id == null ? sequence(text(tool.name()), end) : sequence(text(tool.name()), id, end);
    }
    return sequence(
        text("\"" + tool.name() + "\""),
        text(","),
        BLANK,
        text("\"" + format.member() + "\""),
        JsonTexts.COLON,
        arguments);
  }

  private Expression marked(String mark, Expression after) {
    return sequence(mark(mark), after);
  }

  private Expression mark(String mark) {
    return isControl.test(mark) ? Expression.control(mark) : text(mark);
  }

  /** A call as a JSON object. */
  private static Expression object(Expression more) {
    return sequence(
        text("{"), BLANK, text("\"name\""), JsonTexts.COLON, new Reference("named"), more);
  }

  /** What follows a trigger. */
  private Expression rest() {
    return switch (format) {
      case LLAMA -> sequence(JsonTexts.COLON, new Reference("named"), BLANK, text("}"));
      case QWEN -> {
        var call = sequence(BLANK, object(BLANK), text("}"), BLANK, mark(ToolCallFormat.CLOSE));
        rules.put("call", call);
        yield again(sequence(optional(text("\n")), mark(ToolCallFormat.OPEN)));
      }
      case MISTRAL -> {
        var id = sequence(text(","), BLANK, text("\"id\""), JsonTexts.COLON, JsonTexts.quoted(ID));
        rules.put("call", sequence(object(sequence(optional(id), BLANK)), text("}")));
        var calls = again(sequence(text(","), BLANK));
        yield sequence(optional(text(" ")), text("["), BLANK, calls, BLANK, text("]"));
      }
      case MISTRAL_IDS, MISTRAL_NAMES -> {
        rules.put("call", sequence(optional(text(" ")), new Reference("named")));
        yield again(mark(ToolCallFormat.CALLS));
      }
    };
  }

  private Expression again(Expression between) {
    var call = new Reference("call");
    return parallel ? sequence(call, new Repeat(sequence(between, call), 0, -1)) : call;
  }

  private Expression required() {
    var rest = new Reference("rest");
    return switch (format) {
      case LLAMA -> sequence(text("{\"name\""), rest);
      case QWEN -> sequence(mark(ToolCallFormat.OPEN), rest);
      case MISTRAL, MISTRAL_IDS, MISTRAL_NAMES -> sequence(mark(ToolCallFormat.CALLS), rest);
    };
  }

  private Expression free() {
    rules.put("kind", sequence(text(","), BLANK, text("\"name\""), new Reference("rest")));
    rules.put(
        "object",
        choice(
            sequence(text("{"), BLANK, text("\"name\""), new Reference("rest")),
            sequence(
                text("{"),
                BLANK,
                text("\"type\""),
                JsonTexts.COLON,
                text("\"function\""),
                new Reference("kind"))));
    var triggers = new ArrayList<Trigger>();
    for (var trigger : format.triggers()) {
      var rest = new Reference(restOf(trigger));
      triggers.add(new Trigger(trigger.getBytes(StandardCharsets.UTF_8), rest));
      if (isControl.test(trigger)) {
        triggers.add(new Trigger(Expression.controlBytes(trigger), rest));
      }
    }
    return new TriggeredText(List.copyOf(triggers), format.mayFollowText()).addTo(rules);
  }

  private static String restOf(String trigger) {
    if (trigger.equals(ToolCallFormat.PYTHON)) {
      return "object";
    }
    return ToolCallFormat.TYPE_FIRST.contains(trigger) ? "kind" : "rest";
  }
}
