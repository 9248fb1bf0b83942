package io.witan.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks against trying every token after every beginning. */
class MaskTests {
  private static final List<String> TOKENS =
      List.of(
          "a", "b", "c", "ab", "abc", "ba", "(", ")", "((", "))", "()", "é", "中", "a中", "1", "12",
          ",", "\"", "{", "}", "{\"", "\":", "aa", "aaa", "", "a");
  private static final int END = TOKENS.size();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "root ::= \"abc\"",
        "root ::= [ab]+ | \"c\" root?",
        "root ::= \"(\" root \")\" root | \"a\"?",
        "root ::= [a-z]{2,4} \",\" [0-9]{1,3}",
        "root ::= (\"a\"* \"b\"?)* \"c\"",
        "root ::= . [^a] .{0,2}",
        "root ::= \"é\" \"中\"? | [一-龥]{2}",
        "root ::= x{0,3} \"b\"\nx ::= \"a\" | \"\" # empty",
        "root ::= \"{\" (p (\",\" p)*)? \"}\"\np ::= \"\\\"\" [ab]{1,5} \"\\\":\" ([0-9]+ | root)",
      })
  void equalsTryingEveryToken(String source) {
    var grammar = Grammar.ofGbnf(source);
    check(grammar, compiled(grammar), "", List.of(), 3);
  }

  private static void check(
      Grammar grammar, TokenGrammar compiled, String before, List<Integer> ids, int depth) {
    var matcher = compiled.matcher();
    ids.forEach(matcher::accept);
    var mask = matcher.mask();
    boolean whole = SlowMatcher.isWhole(grammar, before);
    assertThat(mask.allows(END)).as("the end after “%s”", before).isEqualTo(whole);
    assertThat(matcher.isComplete()).isEqualTo(whole);
    for (int id = 0; id < END; id++) {
      var text = before + TOKENS.get(id);
      boolean expected = !TOKENS.get(id).isEmpty() && SlowMatcher.isBeginning(grammar, text);
      assertThat(mask.allows(id)).as("“%s”", text).isEqualTo(expected);
      if (expected && depth > 1) {
        var more = new java.util.ArrayList<>(ids);
        more.add(id);
        check(grammar, compiled, text, more, depth - 1);
      }
    }
  }

  @Test
  void followsCharactersThatAreSpreadOverTokens() {
    byte[] char1 = "中".getBytes(StandardCharsets.UTF_8);
    byte[][] texts = new byte[257][];
    var ends = new BitSet();
    for (int id = 0; id < 256; id++) {
      texts[id] = new byte[] {(byte) id};
    }
    texts[256] = new byte[0];
    ends.set(256);
    var grammar = Grammar.ofGbnf("root ::= [一-龥]");
    var matcher = new VocabularyGrammars(texts, ends).compile("k", () -> grammar).matcher();

    for (byte each : char1) {
      assertThat(matcher.mask().allows(each & 0xFF)).isTrue();
      assertThat(matcher.mask().allows('a')).isFalse();
      assertThat(matcher.mask().allows(256)).isFalse();
      matcher.accept(each & 0xFF);
    }
    assertThat(matcher.isFinal()).isTrue();
    assertThat(matcher.mask().allows(256)).isTrue();
  }

  @Test
  void allowsEveryUnicodeCharacterAndNoHalfOfOne() {
    var grammar = Grammar.ofGbnf("root ::= .");
    var automaton = new Automaton(ProgramWriter.write(grammar), 8);
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      boolean half = point >= 0xD800 && point <= 0xDFFF;
      if (!half && !SchemaTests.accepts(automaton, bytesOf(point))) {
        fail("U+%x", point);
      }
    }
    assertThat(bytes(grammar, 0xED, 0xA0, 0x80)).isFalse();
    assertThat(bytes(grammar, 0xC0, 0x80)).isFalse();
    assertThat(bytes(grammar, 0xF4, 0x90, 0x80, 0x80)).isFalse();
  }

  private static byte[] bytesOf(int point) {
    return Character.toString(point).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean bytes(Grammar grammar, int... bytes) {
    byte[] text = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      text[i] = (byte) bytes[i];
    }
    return SchemaTests.accepts(grammar, text);
  }

  @Test
  void sharesMasksFarFromABound() {
    var grammar = Grammar.ofGbnf("root ::= [ab]{0,1000}");
    var matcher = compiled(grammar).matcher();
    matcher.accept(0);
    var early = matcher.mask();
    for (int i = 0; i < 100; i++) {
      matcher.accept(0);
    }

    assertThat(matcher.mask()).isSameAs(early);
    for (int i = 0; i < 898; i++) {
      matcher.accept(0);
    }
    assertThat(matcher.mask().allows(0)).isTrue();
    assertThat(matcher.mask().allows(TOKENS.indexOf("aa"))).isFalse();
  }

  private static TokenGrammar compiled(Grammar grammar) {
    byte[][] texts = new byte[END + 1][];
    for (int id = 0; id < END; id++) {
      texts[id] = TOKENS.get(id).getBytes(StandardCharsets.UTF_8);
    }
    texts[END] = new byte[0];
    var ends = new BitSet();
    ends.set(END);
    return new VocabularyGrammars(texts, ends).compile(grammar, () -> grammar);
  }
}
