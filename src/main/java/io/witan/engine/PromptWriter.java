package io.witan.engine;

import io.witan.engine.template.ChatTemplate;
import io.witan.engine.tokenizer.Tokenizer;
import io.witan.engine.tokenizer.Tokenizer.Part;
import io.witan.engine.tools.CallIds;
import io.witan.engine.tools.Tool;
import io.witan.engine.tools.ToolCall;
import io.witan.engine.tools.ToolCallFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes prompts as a model wants them. The chat template never sees what people wrote: it is
 * rendered around placeholders, and what takes their place cannot become a token that steers the
 * model, nor look like the template's own marks. Safe for use by several threads.
 */
public final class PromptWriter {
  static final String SYSTEM = "system";

  private final Tokenizer tokenizer;
  private final @Nullable ChatTemplate template;
  private @Nullable Optional<ToolCallFormat> toolFormat;

  PromptWriter(Tokenizer tokenizer, @Nullable ChatTemplate template) {
    this.tokenizer = tokenizer;
    this.template = template;
  }

  /**
   * One turn of a conversation.
   *
   * @param role system, user, assistant or tool
   * @param calls what the assistant called
   * @param callId which call this is the result of, for tools
   */
  public record Turn(String role, String content, List<ToolCall> calls, @Nullable String callId) {
    public Turn {
      calls = List.copyOf(calls);
    }

    public Turn(String role, String content) {
      this(role, content, List.of(), null);
    }

    boolean isPlain() {
      return calls.isEmpty() && callId == null;
    }
  }

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
    return conversation(turns, List.of());
  }

  /** As above, with functions that the model is told of. */
  public Written conversation(List<Turn> turns, List<Tool> tools) {
    var asItIs = turns.stream().map(turn -> new Message(turn.role(), List.of(turn))).toList();
    var joined = joined(asItIs);
    EngineException.TemplateFailure refusal;
    try {
      return rendered(asItIs, tools);
    } catch (EngineException.TemplateFailure failure) {
      refusal = failure;
    }
    for (var other : List.of(joined, joined(withoutSystem(joined)))) {
      try {
        return rendered(other, tools);
      } catch (EngineException.TemplateFailure again) {
        refusal.addSuppressed(again);
      }
    }
    throw refusal;
  }

  /** A message as the template gets it, of one turn or several. */
  private record Message(String role, List<Turn> turns) {
    Map<String, Object> value(PromptContents contents) {
      var text = new StringBuilder();
      for (var turn : turns) {
        text.append(text.isEmpty() ? "" : "\n\n").append(contents.hold(turn));
      }
      var value = new HashMap<String, Object>();
      value.put("role", role);
      value.put("content", text.toString());
      var only = turns.getFirst();
      if (!only.calls().isEmpty()) {
        value.put("tool_calls", only.calls().stream().map(contents::call).toList());
      }
      if (only.callId() != null) {
        value.put("tool_call_id", CallIds.fitting(only.callId()));
      }
      return value;
    }

    boolean canJoin(Message other) {
      return role.equals(other.role)
          && turns.getFirst().isPlain()
          && other.turns.getFirst().isPlain();
    }
  }

  private static List<Message> joined(List<Message> messages) {
    var joined = new ArrayList<Message>();
    for (var message : messages) {
      if (!joined.isEmpty() && joined.getLast().canJoin(message)) {
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

  private Written rendered(List<Message> messages, List<Tool> tools) {
    var contents = new PromptContents();
    var values = messages.stream().map(message -> message.value(contents)).toList();
    var definitions = tools.stream().map(tool -> contents.json(tool.definition())).toList();
    var placed = contents.placed(render(values, definitions, true), this::isText);
    int[] tokens = withBeginning(tokenizer.encode(placed.parts()));
    if (!tools.isEmpty()) {
      return new Written(tokens, 0); // what functions there are is the request's own
    }
    int[] first = withBeginning(tokenizer.encode(placed.instructions()));
    int differing = Arrays.mismatch(tokens, first);
    return new Written(tokens, differing < 0 ? tokens.length : differing);
  }

  /** Whether a mark of the template is plain text to the tokenizer. */
  private boolean isText(String mark) {
    int[] tokens = tokenizer.encode(mark, false, true);
    return tokens.length != 1 || !tokenizer.isControl(tokens[0]);
  }

  private String render(List<?> messages, List<?> tools, boolean answer) {
    if (template == null) {
      throw new EngineException.TemplateFailure(
          "the model's file has no chat template: it can only continue texts");
    }
    var variables = new HashMap<String, Object>();
    variables.put("messages", messages);
    if (!tools.isEmpty()) {
      variables.put("tools", tools);
    }
    variables.put("add_generation_prompt", answer);
    variables.put("enable_thinking", false); // thoughts are not an answer
    variables.put("bos_token", textOrNothing(tokenizer.beginning().orElse(-1)));
    variables.put("eos_token", textOrNothing(tokenizer.end().orElse(-1)));
    return template.render(variables);
  }

  private String textOrNothing(int token) {
    return token < 0 ? "" : tokenizer.text(token);
  }

  /** How the model writes calls of functions, if its template has a form for them that we know. */
  public synchronized Optional<ToolCallFormat> toolFormat() {
    var known = toolFormat;
    if (known == null) {
      known = findToolFormat();
      toolFormat = known;
    }
    return known;
  }

  private Optional<ToolCallFormat> findToolFormat() {
    var call = new Turn("assistant", "", List.of(ToolCallFormat.PROBE_CALL), null);
    var messages =
        Stream.of(new Turn("user", "?"), call)
            .map(turn -> new Message(turn.role(), List.of(turn)).value(new PromptContents()))
            .toList();
    try {
      var tools = List.of(ToolCallFormat.PROBE.definition());
      return template == null
          ? Optional.empty()
          : ToolCallFormat.of(render(messages, tools, false));
    } catch (EngineException.TemplateFailure none) {
      return Optional.empty();
    }
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
