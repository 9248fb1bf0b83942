package io.witan.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GbnfReaderTests {
  @Test
  void readsWhatLlamaCppPublishes() {
    var grammar =
        Grammar.ofGbnf(
            """
            root   ::= object # JSON
            value  ::= object | array | string | number | ("true" | "false" | "null") ws
            object ::=
              "{" ws (
                        string ":" ws value
                ("," ws string ":" ws value)*
              )? "}" ws
            array  ::= "[" ws ( value ("," ws value)* )? "]" ws
            string ::=
              "\\"" (
                [^"\\\\\\x7F\\x00-\\x1F] |
                "\\\\" (["\\\\bfnrt] | "u" [0-9a-fA-F]{4})
              )* "\\"" ws
            number ::= ("-"? ([0-9] | [1-9] [0-9]{0,15})) ("." [0-9]+)? ws
            ws ::= | " " | "\\n" [ \\t]{0,20}
            """);

    assertThat(SchemaTests.accepts(grammar, "{\"a\": [1, \"\\u00e9中\", {}]}")).isTrue();
    assertThat(SchemaTests.accepts(grammar, "{\"a\": [1,]}")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "root ::= 'x' ~ line 1, column 10",
        "root ::= \"x ~ no end",
        "root ::= nothing ~ line 1, column 10: there is no rule “nothing”",
        "root ::= root \"a\" | \"b\" ~ rule “root” begins with itself",
        "root ::= (\"x\"? root)* \"a\" ~ begins with itself",
        "root ::= \"a\" root ~ no text of the rule “root” ever ends",
        "root ::= \"a\"{3,2} ~ less than",
        "root ::= \"a\"{999999} ~ at most 100000",
        "root ::= [] ~ no characters",
        "root ::= [z-a] ~ empty",
        "root ::= (\"a\" ~ expected )",
        "other ::= \"a\" ~ no rule “root”",
        "root ::= \"\\q\" ~ unknown escape",
      })
  void saysWhereAndWhatIsWrong(String source, String message) {
    assertThatThrownBy(() -> ProgramWriter.write(Grammar.ofGbnf(source)))
        .isInstanceOf(EngineException.InvalidGrammar.class)
        .hasMessageContaining(message);
  }

  @Test
  void boundsHostileGrammars() {
    for (var source :
        new String[] {
          "root ::= " + "(".repeat(100_000),
          "root ::= " + "\"a\"" + "*".repeat(1000),
          "root ::= " + "x".repeat(300_000),
          "root ::= (((\"a\"?){0,100000})?){0,100000} \"b\"",
        }) {
      assertThatThrownBy(() -> SchemaTests.accepts(Grammar.ofGbnf(source), "aaab"))
          .isInstanceOf(EngineException.InvalidGrammar.class);
    }
  }
}
