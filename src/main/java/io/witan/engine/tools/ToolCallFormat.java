package io.witan.engine.tools;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How a family of models writes calls. Known by what its chat template makes of one. */
public enum ToolCallFormat {
  /** {@code {"name": …, "parameters": {…}}} as the whole answer (Llama 3.1); one call at a time. */
  LLAMA("parameters", "\\{\"name\": \"probe\", \"parameters\": %s\\}"),

  /** Each call between {@code <tool_call>} and {@code </tool_call>} (Qwen 2.5, Qwen 3, Hermes). */
  QWEN("arguments", "<tool_call>\\s*\\{\"name\": \"probe\", \"arguments\": %s\\}\\s*</tool_call>"),

  /** {@code [TOOL_CALLS]} and a list of calls with ids (Mistral's third to seventh tokenizer). */
  MISTRAL(
      "arguments",
      "\\[TOOL_CALLS\\] ?\\[\\{\"name\": \"probe\", \"arguments\": %s, \"id\": \"probe0001\"\\}\\]"),

  /** {@code [TOOL_CALLS]name[CALL_ID]id[ARGS]{…}} for each call (Mistral's eleventh). */
  MISTRAL_IDS("", "\\[TOOL_CALLS\\] ?probe ?\\[CALL_ID\\] ?probe0001 ?\\[ARGS\\] ?%s"),

  /** {@code [TOOL_CALLS]name[ARGS]{…}} for each call (Mistral's thirteenth). */
  MISTRAL_NAMES("", "\\[TOOL_CALLS\\] ?probe ?\\[ARGS\\] ?%s");

  /** Before the name of a call that stands outside of JSON, and after it. */
  public static final String CALLS = "[TOOL_CALLS]";

  public static final String CALL_ID = "[CALL_ID]";
  public static final String ARGUMENTS = "[ARGS]";

  /** Around a call of {@link #QWEN}. */
  public static final String OPEN = "<tool_call>";

  public static final String CLOSE = "</tool_call>";

  /** May stand before a call of {@link #LLAMA}. */
  public static final String PYTHON = "<|python_tag|>";

  /** Beginnings of a call of {@link #LLAMA}: an answer that begins otherwise is text. */
  public static final List<String> NAME_FIRST =
      List.of("{\"name\"", "{ \"name\"", "{\n\"name\"", "{\n  \"name\"", "{\n    \"name\"");

  /** Of calls that say their kind first, as some of these models do. */
  public static final List<String> TYPE_FIRST =
      List.of(
          "{\"type\": \"function\"",
          "{\"type\":\"function\"",
          "{\n  \"type\": \"function\"",
          "{\n    \"type\": \"function\"");

  private static final List<String> LLAMA_TRIGGERS =
      Stream.of(List.of(PYTHON), NAME_FIRST, TYPE_FIRST).flatMap(List::stream).toList();

  private static final Map<String, String> PROBED = Map.of("probed", "value 1");
  private static final String PROBED_JSON = "\\{\"probed\": \"value 1\"\\}";

  private final String member;
  private final Pattern written;

  ToolCallFormat(String member, String written) {
    this.member = member;
    this.written = Pattern.compile(written.formatted(PROBED_JSON));
  }

  /** What calls its arguments in JSON; empty where the call is not JSON. */
  public String member() {
    return member;
  }

  /** Whether calls begin with a mark that may follow text; else they are the whole answer. */
  public boolean mayFollowText() {
    return this != LLAMA;
  }

  /** Texts that begin calls; what stands in several is a call's own. */
  public List<String> triggers() {
    return switch (this) {
      case LLAMA -> LLAMA_TRIGGERS;
      case QWEN -> List.of(OPEN);
      case MISTRAL, MISTRAL_IDS, MISTRAL_NAMES -> List.of(CALLS);
    };
  }

  /** All that may be a token of its own in a call. */
  public static List<String> marks() {
    return List.of(CALLS, CALL_ID, ARGUMENTS, OPEN, CLOSE, PYTHON);
  }

  /** A function that no description of another is mistaken for. */
  public static final Tool PROBE =
      new Tool("probe", "Probes what is written of it", Map.of("type", "object"));

  /** A call of it. */
  public static final ToolCall PROBE_CALL = new ToolCall("probe0001", "probe", Map.copyOf(PROBED));

  /**
   * The format of a template.
   *
   * @param rendered a conversation with {@link #PROBE_CALL}, told of {@link #PROBE}
   */
  public static Optional<ToolCallFormat> of(String rendered) {
    boolean told = rendered.contains("Probes what is written of it");
    for (var format : values()) {
      if (told && format.written.matcher(rendered).find()) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
