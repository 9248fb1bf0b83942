package io.witan.engine;

import io.witan.engine.template.ChatTemplate;
import io.witan.engine.tokenizer.Tokenizer;
import io.witan.engine.tokenizer.Tokenizer.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes prompts as a model wants them. The chat template never sees what people wrote: it is
 * rendered around placeholders, and what takes their place cannot become a token that steers the
 * model, nor look like the template's own marks. Safe for use by several threads.
 */
public final class PromptWriter {
  private static final String SYSTEM = "system";
  private static final Pattern PLACEHOLDER = Pattern.compile("\uE0F7(\\d+)\uE0F8");

  /** What templates without control tokens put between turns: brackets, headings, labels. */
  private static final Pattern MARK =
      Pattern.compile(
          "[<\\[]{1,2}[|/]{0,2}[\\p{L}_][^<>\\[\\]\n]{0,40}[>\\]]{1,2}"
              + "|(#{1,6} ?)?\\p{L}+:(?=\\s|$)");

  private final Tokenizer tokenizer;
  private final @Nullable ChatTemplate template;

  PromptWriter(Tokenizer tokenizer, @Nullable ChatTemplate template) {
    this.tokenizer = tokenizer;
    this.template = template;
  }

  /**
   * One turn of a conversation.
   *
   * @param role system, user or assistant
   */
  public record Turn(String role, String content) {}

  /**
   * A prompt.
   *
   * @param instructionTokens how many of the first tokens are the same whatever the users and the
   *     assistant said: the system message and what the template puts around it
   */
  public record Written(int[] tokens, int instructionTokens) {}

  /** Whether the file says how a conversation is written. */
  public boolean hasTemplate() {
    return template != null;
  }

  /** A text that shall be continued. */
  public Written text(String text) {
    return new Written(withBeginning(tokenizer.encode(List.of(new Part(text, false)))), 0);
  }

  /** How many tokens a text has inside a prompt. */
  public int count(String text) {
    return tokenizer.encode(List.of(new Part(text, false))).length;
  }

  /** The text that a token stands for; not whole characters for all of them. */
  public String textOf(int token) {
    return new String(tokenizer.bytes(token), StandardCharsets.UTF_8);
  }

  /**
   * A conversation that the assistant shall continue. Where the template refuses it as it is, turns
   * of the same role that follow each other are joined, and then the system message is put before
   * the first user's.
   *
   * @throws EngineException if there is no template, or it refuses the conversation
   */
  public Written conversation(List<Turn> turns) {
    var asItIs = turns.stream().map(turn -> new Message(turn.role(), List.of(turn))).toList();
    var joined = joined(asItIs);
    EngineException.TemplateFailure refusal;
    try {
      return rendered(asItIs);
    } catch (EngineException.TemplateFailure failure) {
      refusal = failure;
    }
    for (var other : List.of(joined, joined(withoutSystem(joined)))) {
      try {
        return rendered(other);
      } catch (EngineException.TemplateFailure again) {
        refusal.addSuppressed(again);
      }
    }
    throw refusal;
  }

  /** A message as the template gets it, of one turn or several. */
  private record Message(String role, List<Turn> turns) {}

  private static List<Message> joined(List<Message> messages) {
    var joined = new ArrayList<Message>();
    for (var message : messages) {
      if (!joined.isEmpty() && joined.getLast().role.equals(message.role)) {
        var turns = new ArrayList<>(joined.removeLast().turns);
        turns.addAll(message.turns);
        joined.add(new Message(message.role, turns));
      } else {
        joined.add(message);
      }
    }
    return joined;
  }

  private static List<Message> withoutSystem(List<Message> messages) {
    return messages.stream()
        .map(message -> message.role.equals(SYSTEM) ? new Message("user", message.turns) : message)
        .toList();
  }

  private Written rendered(List<Message> messages) {
    var contents = new ArrayList<Turn>();
    var values = new ArrayList<Map<String, String>>();
    for (var message : messages) {
      var text = new StringBuilder();
      for (var turn : message.turns) {
        text.append(text.isEmpty() ? "" : "\n\n").append(held(turn, contents));
      }
      values.add(Map.of("role", message.role, "content", text.toString()));
    }
    return written(render(values), contents);
  }

  /** Placeholders for what was written; white space around it is left for the template to trim. */
  private static String held(Turn turn, List<Turn> contents) {
    String content = turn.content();
    String inner = content.strip();
    if (inner.isEmpty()) {
      return content;
    }
    contents.add(new Turn(turn.role(), inner));
    int start = content.indexOf(inner);
    return content.substring(0, start)
        + ("\uE0F7" + (contents.size() - 1) + "\uE0F8")
        + content.substring(start + inner.length());
  }

  private String render(List<Map<String, String>> messages) {
    if (template == null) {
      throw new EngineException.TemplateFailure(
          "the model's file has no chat template: it can only continue texts");
    }
    var variables = new HashMap<String, Object>();
    variables.put("messages", messages);
    variables.put("add_generation_prompt", true);
    variables.put("enable_thinking", false); // thoughts are not an answer
    variables.put("bos_token", textOrNothing(tokenizer.beginning().orElse(-1)));
    variables.put("eos_token", textOrNothing(tokenizer.end().orElse(-1)));
    return template.render(variables);
  }

  private String textOrNothing(int token) {
    return token < 0 ? "" : tokenizer.text(token);
  }

  private Written written(String rendered, List<Turn> contents) {
    var marks = marks(rendered);
    var parts = new ArrayList<Part>();
    var places = new TreeMap<Integer, Integer>();
    @Nullable List<Part> instructions = null;
    int done = 0;
    for (var match = PLACEHOLDER.matcher(rendered); match.find(); done = match.end()) {
      int number = Integer.parseInt(match.group(1));
      if (number >= contents.size() || places.put(number, parts.size()) != null) {
        throw new EngineException.TemplateFailure("the chat template writes a message twice");
      }
      parts.add(new Part(rendered.substring(done, match.start()), true));
      var turn = contents.get(number);
      if (instructions == null && !turn.role().equals(SYSTEM)) {
        instructions = new ArrayList<>(parts);
        // white space there may be the person's
        instructions.add(new Part(instructions.removeLast().text().stripTrailing(), true));
      }
      parts.add(new Part(apart(turn.content(), marks), false));
    }
    if (places.size() < contents.size()) {
      throw new EngineException.TemplateFailure("the chat template leaves a message out");
    }
    parts.add(new Part(rendered.substring(done), true));
    int[] tokens = withBeginning(tokenizer.encode(parts));
    int[] first = instructions == null ? tokens : withBeginning(tokenizer.encode(instructions));
    int differing = Arrays.mismatch(tokens, first);
    return new Written(tokens, differing < 0 ? tokens.length : differing);
  }

  /** The template's marks that are plain text to the tokenizer. */
  private Set<String> marks(String rendered) {
    var marks = new LinkedHashSet<String>();
    for (String own : PLACEHOLDER.split(rendered)) {
      for (var match = MARK.matcher(own); match.find(); ) {
        int[] tokens = tokenizer.encode(match.group(), false, true);
        if (tokens.length != 1 || !tokenizer.isControl(tokens[0])) {
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

  private int[] withBeginning(int[] tokens) {
    int beginning = tokenizer.beginning().orElse(-1);
    if (!tokenizer.addsBeginning() || (tokens.length > 0 && tokens[0] == beginning)) {
      return tokens;
    }
    int[] all = new int[tokens.length + 1];
    all[0] = beginning;
    System.arraycopy(tokens, 0, all, 1, tokens.length);
    return all;
  }
}
