package io.witan.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.EngineException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which documents the grammars of schemas have. */
class SchemaTests {
  static boolean accepts(Grammar grammar, String text) {
    return accepts(grammar, text.getBytes(StandardCharsets.UTF_8));
  }

  static boolean accepts(Grammar grammar, byte[] text) {
    return accepts(new Automaton(ProgramWriter.write(grammar), 8), text);
  }

  static boolean accepts(Automaton automaton, byte[] text) {
    Automaton.@Nullable State state = automaton.start();
    for (byte each : text) {
      state = state == null ? null : state.next(each & 0xFF);
    }
    return state != null && state.isComplete();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"integer\",\"minimum\":-12,\"maximum\":1005} ~ -12 -1 0 9 10 999 1005 ~ -13 1006 01 1.0 -0 9999",
        "{\"type\":\"integer\",\"exclusiveMinimum\":7.5,\"exclusiveMaximum\":10} ~ 8 9 ~ 7 10",
        "{\"type\":\"number\"} ~ 1 -2.5 1e9 0.1E-2 ~ 1. .5 01 + NaN",
        "{\"type\":[\"string\",\"null\"],\"maxLength\":2} ~ null \"\" \"ab\" \"\\ud83d\\ude00x\" \"中é\" ~ \"abc\" 1 \"\\ud83d\"",
        "{\"enum\":[1,\"a\",{\"b\":[true,null]}]} ~ 1 \"a\" {\"b\":[true,null]} ~ 2 \"b\" {}",
        "{\"const\":\"é\\n\"} ~ \"é\\n\" ~ \"e\"",
        "{\"type\":\"string\",\"pattern\":\"^[A-Z]{2}-\\\\d+$\"} ~ \"AB-1\" ~ \"A-1\" \"AB-\" \"AB-1x\"",
        "{\"type\":\"string\",\"pattern\":\"b\"} ~ \"abc\" \"b\" ~ \"ac\" \"\"",
        "{\"type\":\"string\",\"format\":\"date\"} ~ \"2024-02-28\" ~ \"2024-02-30\" \"24-1-1\"",
        "{\"type\":\"string\",\"format\":\"uuid\"} ~ \"123e4567-e89b-12d3-a456-426614174000\" ~ \"x\"",
        "{\"items\":{\"type\":\"boolean\"},\"minItems\":1,\"maxItems\":2} ~ [true] [true,false] ~ [] [1] [true,true,true]",
        "{\"prefixItems\":[{\"const\":1},{\"const\":2}],\"items\":false} ~ [] [1] [1,2] ~ [2] [1,2,3]",
        "{\"prefixItems\":[{\"const\":1}],\"items\":{\"const\":2},\"minItems\":2} ~ [1,2] [1,2,2] ~ [1] [] [2]",
        "{\"properties\":{\"a\":{\"const\":1},\"b\":{\"const\":2},\"c\":{\"const\":3}},\"required\":[\"b\"]} ~ {\"b\":2} {\"a\":1,\"b\":2} {\"b\":2,\"c\":3} {\"a\":1,\"b\":2,\"c\":3} ~ {} {\"a\":1} {\"b\":2,\"a\":1} {\"b\":2,} {,\"b\":2} {\"b\":2,\"d\":1}",
        "{\"properties\":{\"ab\":{\"const\":1}},\"additionalProperties\":{\"type\":\"boolean\"}} ~ {} {\"ab\":1} {\"a\":true} {\"abc\":true} {\"ab\":1,\"x\":false} ~ {\"ab\":true} {\"x\":1} {\"x\":true,\"ab\":true}",
        "{\"type\":\"object\"} ~ {} {\"x\":[1,{\"y\":null}]} ~ [] 1 {\"x\"}",
        "{\"allOf\":[{\"properties\":{\"a\":{\"const\":1}},\"required\":[\"a\"]},{\"properties\":{\"b\":{\"const\":2}}}]} ~ {\"a\":1} {\"a\":1,\"b\":2} ~ {} {\"b\":2}",
        "{\"anyOf\":[{\"type\":\"integer\"},{\"$ref\":\"#/$defs/s\"}],\"$defs\":{\"s\":{\"type\":\"boolean\"}}} ~ 1 true ~ null",
        "{\"properties\":{\"v\":{\"const\":1},\"next\":{\"$ref\":\"#\"}},\"required\":[\"v\"]} ~ {\"v\":1} {\"v\":1,\"next\":{\"v\":1,\"next\":{\"v\":1}}} ~ {\"next\":{\"v\":1}} {\"v\":1,\"next\":{}}",
        "true ~ 1 \"a\" [] {} null [[1],{}] ~ x [1 {",
      })
  void holdsTheDocumentsOfASchema(String schema, String good, String bad) {
    var grammar = Grammar.ofJsonSchema(schema);
    for (var document : good.strip().split(" ")) {
      assertThat(accepts(grammar, document)).as(document).isTrue();
    }
    for (var document : bad.strip().split(" ")) {
      assertThat(accepts(grammar, document)).as(document).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"not\":{}} ~ “not”",
        "{\"type\":\"array\",\"uniqueItems\":true} ~ “uniqueItems”",
        "{\"type\":\"object\",\"minProperties\":1} ~ “minProperties”",
        "{\"type\":\"number\",\"minimum\":1} ~ “minimum”",
        "{\"type\":\"string\",\"format\":\"iri\"} ~ “iri”",
        "{\"type\":\"thing\"} ~ “type”",
        "{\"pattern\":\"(?=a)\"} ~ pattern",
        "{\"pattern\":\"[a\"} ~ pattern",
        "{\"$ref\":\"http://x/\"} ~ “$ref”",
        "{\"$ref\":\"#/$defs/none\"} ~ points to nothing",
        "{\"$ref\":\"#\"} ~ schema #",
        "{\"properties\":{\"a\":{\"$ref\":\"#\"}},\"required\":[\"a\"]} ~ ever ends",
        "{\"allOf\":[{\"$ref\":\"#\"}]} ~ without end",
        "{\"oneOf\":[{\"type\":\"integer\"},{\"type\":\"number\"}]} ~ overlap",
        "{\"enum\":[]} ~ no value",
        "{\"type\":\"string\",\"type\":\"null\"} ~ stands twice",
        "{\"a\": ~ expected a value",
        "false ~ no documents",
        "{\"minItems\":3,\"maxItems\":2} ~ less than",
      })
  void refusesByNameWhatItCannotHold(String schema, String message) {
    assertThatThrownBy(() -> accepts(Grammar.ofJsonSchema(schema), "{}"))
        .isInstanceOf(EngineException.InvalidGrammar.class)
        .hasMessageContaining(message);
  }

  @Test
  void takesOneOfWhoseAlternativesCannotOverlap() {
    var grammar =
        Grammar.ofJsonSchema(
            """
            {"oneOf":[{"type":"object","properties":{"k":{"const":"a"}},"required":["k"]},
                      {"type":"object","properties":{"k":{"const":"b"}},"required":["k"]}]}""");

    assertThat(accepts(grammar, "{\"k\":\"b\"}")).isTrue();
  }

  @Test
  void boundsBlanks() {
    var grammar = Grammar.ofJsonObjects();

    assertThat(accepts(grammar, "{\n  \"a\": 1,\n  \"b\": 2\n}")).isTrue();
    assertThat(accepts(grammar, "{\n\n\"a\":1}")).isFalse();
    assertThat(accepts(grammar, "{" + " ".repeat(22) + "}")).isFalse();
  }

  @Test
  void refusesSchemasThatAreTooDeep() {
    assertThatThrownBy(() -> Grammar.ofJsonSchema("[".repeat(100_000)))
        .isInstanceOf(EngineException.InvalidGrammar.class);
  }
}
