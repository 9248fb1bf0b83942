package io.witan.engine.template;

import io.witan.engine.EngineException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a conversation into the text that a model was trained on, by the template that its file
 * carries ({@code tokenizer.chat_template}). Renders as Hugging Face's {@code apply_chat_template}
 * does; what is not understood fails by name when the template is read, or when it is reached.
 */
public final class ChatTemplate {
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int MOST_NESTING = 64;

  private final List<Statement> statements;
  private final Clock clock;

  private ChatTemplate(List<Statement> statements, Clock clock) {
    this.statements = statements;
    this.clock = clock;
  }

  /**
   * Reads a template.
   *
   * @param clock for templates that print today's date
   * @throws EngineException if it is not understood
   */
  public static ChatTemplate of(String source, Clock clock) {
    if (source.length() > MOST_CHARACTERS) {
      throw new EngineException.TemplateFailure(
          "the chat template has %d characters, over the limit of %d"
              .formatted(source.length(), MOST_CHARACTERS));
    }
    return new ChatTemplate(Parser.parse(source), clock);
  }

  /**
   * Renders with these variables: usually {@code messages}, {@code tools}, {@code
   * add_generation_prompt}, {@code bos_token} and {@code eos_token}.
   *
   * @param variables made of maps with string keys, lists, strings, numbers, booleans and nulls
   * @throws EngineException if the template refuses them, needs what is not supported, or goes past
   *     a limit
   */
  public String render(Map<String, ?> variables) {
    var values = new LinkedHashMap<String, Value>();
    variables.forEach((name, value) -> values.put(name, value(value, 0)));
    return Interpreter.render(statements, values, clock);
  }

  /** A text as the filter {@code tojson} writes it, without the quotation marks. */
  public static String inJson(String text) {
    var escaped = new StringBuilder(text.length());
    JsonText.escape(text, false, escaped);
    return escaped.toString();
  }

  private static Value value(@Nullable Object object, int level) {
    if (level > MOST_NESTING) {
      throw new IllegalArgumentException("nested more than " + MOST_NESTING + " levels");
    }
    return switch (object) {
      case null -> Value.none();
      case String text -> Value.of(text);
      case Boolean flag -> Value.of((boolean) flag);
      case Double real -> new Value.Real(real);
      case Float real -> new Value.Real(real);
      case Integer whole -> Value.of((long) whole);
      case Long whole -> Value.of((long) whole);
      case List<?> list ->
          new Value.Items(list.stream().map(element -> value(element, level + 1)).toList());
      case Map<?, ?> map -> {
        var values = new LinkedHashMap<String, Value>();
        map.forEach((key, part) -> values.put(String.valueOf(key), value(part, level + 1)));
        yield new Value.Mapping(values);
      }
      default ->
          throw new IllegalArgumentException(
              "templates take no " + object.getClass().getSimpleName());
    };
  }
}
