package io.witan.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.EngineException;
import io.witan.engine.tools.Tool;
import io.witan.engine.tools.ToolCallFormat;
import io.witan.engine.tools.ToolUse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ToolGrammarTests {
  private static final Tool TIME = new Tool("time", null, null);
  private static final Tool WEATHER =
      new Tool(
          "weather",
          "Weather",
          Map.of(
              "type",
              "object",
              "properties",
              Map.of("days", Map.of("type", "integer", "minimum", 1, "maximum", 9)),
              "required",
              List.of("days"),
              "additionalProperties",
              false));

  private static ToolUse use(boolean required, boolean parallel, String... callable) {
    return new ToolUse(List.of(TIME, WEATHER), Set.of(callable), required, parallel);
  }

  private static boolean accepts(ToolCallFormat format, ToolUse use, String text) {
    return SchemaTests.accepts(
        ToolGrammar.of(format, use, mark -> false), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String one(ToolCallFormat format) {
    return switch (format) {
      case LLAMA -> "{\"name\": \"weather\", \"parameters\": {\"days\": 3}}";
      case QWEN ->
          "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"days\": 3}}\n</tool_call>";
      case MISTRAL ->
          "[TOOL_CALLS][{\"name\": \"weather\", \"arguments\": {\"days\": 3}, \"id\": \"abcDEF123\"}]";
      case MISTRAL_IDS -> "[TOOL_CALLS]weather[CALL_ID]abcDEF123[ARGS]{\"days\": 3}";
      case MISTRAL_NAMES -> "[TOOL_CALLS]weather[ARGS]{\"days\": 3}";
    };
  }

  private static String two(ToolCallFormat format) {
    var one = one(format);
    return switch (format) {
      case LLAMA -> one + "; " + one;
      case QWEN -> one + "\n" + one;
      case MISTRAL -> one.replace("]", "").replace("CALLS", "CALLS]") + ", " + one.substring(13);
      case MISTRAL_IDS, MISTRAL_NAMES -> one + one;
    };
  }

  @ParameterizedTest
  @EnumSource
  void callsFollowFormatAndSchema(ToolCallFormat format) {
    var any = use(true, true, "time", "weather");
    var call = one(format);

    assertThat(accepts(format, any, call)).isTrue();
    assertThat(accepts(format, any, call.replace("3", "30"))).isFalse();
    assertThat(accepts(format, any, call.replace("days", "hours"))).isFalse();
    assertThat(accepts(format, any, call.replace("weather", "whether"))).isFalse();
    assertThat(accepts(format, any, call.replace("weather", "time"))).isFalse();
    assertThat(accepts(format, any, call.replace("weather", "time").replace("\"days\": 3", "")))
        .isTrue();
    assertThat(accepts(format, any, "Yes. " + call)).isFalse();
    assertThat(accepts(format, any, call + " Yes.")).isFalse();
    assertThat(accepts(format, any, "")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aNamedFunctionIsTheOnlyOne(ToolCallFormat format) {
    assertThat(accepts(format, use(true, true, "weather"), one(format))).isTrue();
    assertThat(accepts(format, use(true, true, "time"), one(format))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void severalCallsOnlyWhereTheFormatHasThemAndTheyAreWanted(ToolCallFormat format) {
    boolean has = format != ToolCallFormat.LLAMA;
    assertThat(accepts(format, use(true, true, "weather"), two(format))).isEqualTo(has);
    assertThat(accepts(format, use(true, false, "weather"), two(format))).isFalse();
    assertThat(accepts(format, use(false, true, "weather"), two(format))).isEqualTo(has);
  }

  @ParameterizedTest
  @EnumSource
  void anyTextMayComeUntilACallBegins(ToolCallFormat format) {
    var free = use(false, true, "weather");
    for (var text :
        List.of("", "Yes.", "{\"name", "{\"na", "a { \"b\": [TOOL_CALL", "<<tool_call", "中 \n")) {
      assertThat(accepts(format, free, text)).as(text).isTrue();
    }
    assertThat(accepts(format, free, one(format))).isTrue();
    assertThat(accepts(format, free, one(format).replace("3", "30"))).isFalse();
    assertThat(accepts(format, free, one(format).replace("weather", "time"))).isFalse();
    assertThat(accepts(format, free, "Yes. <" + one(format))).isTrue();
    var wrong = "Yes. <" + one(format).replace("weather", "time");
    assertThat(accepts(format, free, wrong)).isEqualTo(!format.mayFollowText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<|python_tag|>{\"name\": \"time\", \"parameters\": {}};true",
        "<|python_tag|>print(1);false",
        "  {\"name\":\"time\",\"parameters\":{}};true",
        "{\"type\": \"function\", \"name\": \"time\", \"parameters\": {}};true",
        "{\"type\": \"function\", \"nom\": 1};false",
        "{\"type\": \"other\"};true"
      })
  void llamaAnswersThatBeginLikeACallAreOne(String text, boolean whole) {
    assertThat(accepts(ToolCallFormat.LLAMA, use(false, true, "time"), text)).isEqualTo(whole);
  }

  @ParameterizedTest
  @EnumSource(names = {"QWEN", "MISTRAL", "MISTRAL_IDS", "MISTRAL_NAMES"})
  void marksThatAreControlTokensAreNoText(ToolCallFormat format) {
    var required = ToolGrammar.of(format, use(true, true, "weather"), mark -> true);
    var free = ToolGrammar.of(format, use(false, true, "weather"), mark -> true);
    var text = one(format);

    assertThat(SchemaTests.accepts(required, withControl(text))).isTrue();
    assertThat(SchemaTests.accepts(required, text.getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(SchemaTests.accepts(free, withControl("Yes. " + text))).isTrue();
    assertThat(SchemaTests.accepts(free, withControl("Yes. " + text.replace("3", "30")))).isFalse();
    // other control tokens are as free as text is
    assertThat(SchemaTests.accepts(free, Expression.controlBytes("<|other|>"))).isTrue();
  }

  private static byte[] withControl(String text) {
    var bytes = new ByteArrayOutputStream();
    int at = 0;
    while (at < text.length()) {
      int from = at;
      var mark =
          ToolCallFormat.marks().stream().filter(each -> text.startsWith(each, from)).findFirst();
      bytes.writeBytes(
          mark.map(Expression::controlBytes)
              .orElseGet(() -> text.substring(from, from + 1).getBytes(StandardCharsets.UTF_8)));
      at += mark.map(String::length).orElse(1);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void aSchemaThatCannotBeHeldIsRefusedByItsFunction(ToolCallFormat format) {
    var odd = new Tool("odd", null, Map.of("type", "object", "minProperties", 2));
    var use = new ToolUse(List.of(odd), Set.of("odd"), true, true);

    assertThatThrownBy(() -> ToolGrammar.of(format, use, mark -> false))
        .isInstanceOf(EngineException.InvalidGrammar.class)
        .hasMessageContaining("odd")
        .hasMessageContaining("minProperties");
  }
}
