package io.witan.engine;

import io.witan.engine.PromptWriter.Turn;
import io.witan.engine.template.ChatTemplate;
import io.witan.engine.tokenizer.Tokenizer.Part;
import io.witan.engine.tools.CallIds;
import io.witan.engine.tools.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt says beside its template. The template sees placeholders in its place; these have a
 * quotation mark, which tells afterwards whether the template has written them as JSON. For one
 * prompt.
 */
final class PromptContents {
  private static final Pattern PLACEHOLDER = Pattern.compile("\uE0F7(\\\\*)\"(\\d+)\uE0F8");

  /** Strings of JSON that need no escaping and cannot be a mark; templates may look at them. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_ .-]*");

  /** What templates without control tokens put between turns: brackets, headings, labels. */
  private static final Pattern MARK =
      Pattern.compile(
          "[<\\[]{1,2}[|/]{0,2}[\\p{L}_][^<>\\[\\]\n]{0,40}[>\\]]{1,2}"
              + "|(#{1,6} ?)?\\p{L}+:(?=\\s|$)");

  /**
   * A text that a placeholder stands for.
   *
   * @param role whose it is; empty for functions and their arguments
   * @param isMessage whether it must be written, and only once
   */
  private record Held(String role, String text, boolean isMessage) {}

  /**
   * A prompt.
   *
   * @param instructions what does not depend on what users and assistant said
   */
  record Placed(List<Part> parts, List<Part> instructions) {}

  private final List<Held> held = new ArrayList<>();

  /** Placeholders for what was written; white space around it is left for the template to trim. */
  String hold(Turn turn) {
    String content = turn.content();
    String inner = content.strip();
    if (inner.isEmpty()) {
      return content;
    }
    int start = content.indexOf(inner);
    // beside calls, many templates have no place for text
    return content.substring(0, start)
        + placeholder(new Held(turn.role(), inner, turn.calls().isEmpty()))
        + content.substring(start + inner.length());
  }

  private String placeholder(Held text) {
    held.add(text);
    return "\uE0F7\"" + (held.size() - 1) + "\uE0F8";
  }

  /** A call as templates have it. */
  Map<String, Object> call(ToolCall call) {
    var function = new LinkedHashMap<String, @Nullable Object>();
    function.put("name", call.name());
    function.put("arguments", json(call.arguments()));
    var value = new LinkedHashMap<String, Object>();
    value.put("id", CallIds.fitting(call.id()));
    value.put("type", "function");
    value.put("function", function);
    return value;
  }

  /** JSON with placeholders for whatever is more than a word. */
  @Nullable Object json(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> held(text);
      case Map<?, ?> map -> {
        var members = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, member) -> members.put(held(String.valueOf(name)), json(member)));
        yield members;
      }
      case List<?> list -> {
        var items = new ArrayList<@Nullable Object>();
        list.forEach(item -> items.add(json(item)));
        yield items;
      }
      case Boolean flag -> flag;
      case Integer whole -> whole;
      case Long whole -> whole;
      case Number number -> number.doubleValue();
      default -> throw new IllegalArgumentException("no JSON: " + value.getClass().getName());
    };
  }

  private String held(String text) {
    return PLAIN.matcher(text).matches() ? text : placeholder(new Held("", text, false));
  }

  /**
   * What the template has made of it.
   *
   * @param isText whether a mark of the template is plain text to the tokenizer
   * @throws EngineException.TemplateFailure if a message was written twice, or not at all
   */
  Placed placed(String rendered, Predicate<String> isText) {
    var marks = marks(rendered, isText);
    var parts = new ArrayList<Part>();
    var written = new TreeSet<Integer>();
    @Nullable List<Part> instructions = null;
    int done = 0;
    for (var match = PLACEHOLDER.matcher(rendered); match.find(); done = match.end()) {
      int number = Integer.parseInt(match.group(2));
      if (number >= held.size() || (!written.add(number) && held.get(number).isMessage)) {
        throw new EngineException.TemplateFailure("the chat template writes a message twice");
      }
      parts.add(new Part(rendered.substring(done, match.start()), true));
      var each = held.get(number);
      if (instructions == null && !each.role.equals(PromptWriter.SYSTEM)) {
        instructions = new ArrayList<>(parts);
        // white space there may be the person's
        instructions.add(new Part(instructions.removeLast().text().stripTrailing(), true));
      }
      parts.add(new Part(inPlace(apart(each.text, marks), match.group(1).length()), false));
    }
    for (int number = 0; number < held.size(); number++) {
      if (held.get(number).isMessage && !written.contains(number)) {
        throw new EngineException.TemplateFailure("the chat template leaves a message out");
      }
    }
    parts.add(new Part(rendered.substring(done), true));
    return new Placed(parts, instructions == null ? parts : instructions);
  }

  /** Escaped as the placeholder was: one, three or seven backslashes for once, twice, thrice. */
  private static String inPlace(String text, int backslashes) {
    String result = text;
    for (int left = backslashes; left > 0; left /= 2) {
      result = ChatTemplate.inJson(result);
    }
    return result;
  }

  /** The template's marks that are plain text to the tokenizer. */
  private static Set<String> marks(String rendered, Predicate<String> isText) {
    var marks = new LinkedHashSet<String>();
    for (String own : PLACEHOLDER.split(rendered)) {
      for (var match = MARK.matcher(own); match.find(); ) {
        if (isText.test(match.group())) {
          marks.add(match.group());
        }
      }
    }
    return marks;
  }

  /** The text with a space in whatever looks like one of the template's marks. */
  private static String apart(String text, Set<String> marks) {
    String result = text;
    for (String mark : marks) {
      int last = mark.length() - 1;
      result = result.replace(mark, mark.substring(0, last) + ' ' + mark.charAt(last));
    }
    return result;
  }
}
