package io.witan.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.witan.engine.EngineException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Templates from strangers: they render or fail with an {@link EngineException}, soon, and never
 * with an error of the machine. The seeds are fixed.
 */
class HostileTemplateTests {
  private static final Duration SOON = Duration.ofSeconds(60);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}",
        "{% for a in range(99999999999) %}{% endfor %}",
        "{{ 'x' * 999999999999 }}",
        "{{ ('x' * 1000000) | replace('x', 'y' * 1000000) }}",
        "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{%"
            + " endfor %}",
        "{% set ns = namespace(s=['x']) %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{%"
            + " endfor %}",
        "{% set ns = namespace(s=['x']) %}{% for i in range(99) %}{% set ns.s = [ns.s, ns.s] %}{%"
            + " endfor %}{{ ns.s }}",
        "{% set ns = namespace(s=['x']) %}{% for i in range(99) %}{% set ns.s = [ns.s, ns.s] %}{%"
            + " endfor %}{{ ns.s == ns.s }}",
        "{% set ns = namespace(s=['x']) %}{% for i in range(99) %}{% set ns.s = [ns.s, ns.s] %}{%"
            + " endfor %}{{ ns.s | tojson }}",
        "{% set ns = namespace(s=[]) %}{% for i in range(99999) %}{% set ns.s = [ns.s] %}{% endfor"
            + " %}{{ ns.s }}",
        "{% set ns = namespace(s=[]) %}{% for i in range(99999) %}{% set ns.s = [ns.s] %}{% endfor"
            + " %}{{ ns.s | tojson(indent=16) }}",
        "{% set ns = namespace(s={}) %}{% for i in range(99999) %}{% set ns.s = {'a': ns.s} %}{%"
            + " endfor %}{{ ns.s == ns.s }}",
        "{% set ns = namespace() %}{% set ns.me = ns %}{{ ns }}",
        "{% set ns = namespace() %}{% set ns.me = [ns] %}{{ ns.me | tojson }}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% macro f(x) %}{{ g(x) }}{% endmacro %}{% macro g(x) %}{{ f(x) }}{{ f(x) }}{% endmacro"
            + " %}{{ f(1) }}",
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60)"
            + " }}",
        "{% set s = 'ab' * 500000 %}{% for i in range(99999) %}{% if 'aa' in s %}{% endif %}{%"
            + " endfor %}",
        "{% set s = 'ab' * 500000 %}{% for i in range(99999) %}{{ s | length }}{% endfor %}",
        "{% set s = 'ab' * 500000 %}{% for i in range(99999) %}{% set t = s[1:] %}{% endfor %}",
        "{% set s = 'ab' * 500000 %}{% for i in range(99999) %}{% set t = s | upper %}{% endfor %}",
        "{% set s = 'ab' * 500000 %}{% for i in range(99999) %}{% set t = s.split('a') %}{% endfor"
            + " %}",
        "{% set s = 'ab' * 500000 %}{% for i in range(99999) %}{% if s == s ~ '' %}{% endif %}{%"
            + " endfor %}",
        "{% set s = 'ab' * 500000 %}{% for i in range(99999) %}{% set t = s.count('c') +"
            + " s.find('c') %}{% endfor %}",
        "{% set s = range(1000000) | list %}{% for i in s %}{% if 'x' in s %}{% endif %}{% endfor"
            + " %}",
        "{% set s = range(100000) | map('string') | list %}{{ s | unique | list | length }}",
        "{% set s = range(1000000) | list %}{% for i in s %}{% set t = s | sort %}{% endfor %}",
        "{{ (range(1000000) | map('string') | join('x' * 1000)) | length }}",
        "{{ 'a\n' * 1000000 | indent(256) }}{{ ('a\n' * 1000000) | indent(256) }}",
        "{{ 2 ** 64 }}",
        "{{ (-9223372036854775807 - 1) // -1 }}",
        "{% for i in range(20000000) %}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx{% endfor %}"
      })
  void templateBombsEndInAnException(String template) {
    assertTimeoutPreemptively(
        SOON,
        () ->
            assertThatThrownBy(() -> render(template))
                .as(template)
                .isInstanceOf(EngineException.TemplateFailure.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "[",
        "{'a':",
        "-",
        "not ",
        "a if ",
        "a[",
        "f(",
        "{% if x %}",
        "{% for a in b %}",
        "a.b|",
        "a + ",
        "a.a",
        "a or ",
        "{{",
        "{#",
        "{%",
        "a(b)(c)",
        "\"\\",
        "x is ",
        "{% macro f() %}",
        "a ~ a",
        "a == a ",
        "a | upper",
        "a[0]",
        "1",
        "a ** "
      })
  void templatesNestedWithoutEndAreRefused(String part) {
    // the first go past the limit of tokens, the others are for the parser
    String endless = part.repeat(1_000_000 / part.length());
    String deep = part.repeat(12_000);
    for (String template :
        List.of("{{ " + endless, "{{ " + endless + " }}", endless, "{{ " + deep + " }}", deep)) {
      assertTimeoutPreemptively(
          SOON,
          () -> {
            try {
              assertThat(render(template)).isNotNull();
            } catch (EngineException.TemplateFailure expected) {
              assertThat(expected.getMessage()).hasSizeLessThan(2_000_000);
            }
          });
    }
  }

  @Test
  void aLongConversationMayTakeMore() {
    String text = "word ".repeat(200_000);
    String template =
        "{% for message in messages %}{% for i in range(20) %}{% set x = message.content | trim %}"
            + "{% endfor %}{{ message.content | trim }}{% endfor %}";
    var messages = Collections.nCopies(4, Map.of("role", "user", "content", text));

    assertThat(
            ChatTemplate.of(template, Clock.systemUTC())
                .render(Map.of("messages", messages, "x", "")))
        .hasSize(4 * (text.length() - 1));
  }

  @Test
  void randomTemplatesRenderOrFail() {
    String[] parts = {
      "{{",
      "}}",
      "{%",
      "%}",
      "{#",
      "#}",
      "-",
      " ",
      "\n",
      "for",
      "in",
      "if",
      "else",
      "elif",
      "endif",
      "endfor",
      "set",
      "macro",
      "endmacro",
      "messages",
      "x",
      "'a'",
      "\"b\"",
      "1",
      "2.5",
      "(",
      ")",
      "[",
      "]",
      "{",
      "}",
      ",",
      ":",
      ".",
      "|",
      "=",
      "==",
      "+",
      "*",
      "/",
      "%",
      "~",
      "not",
      "and",
      "or",
      "is",
      "defined",
      "string",
      "length",
      "tojson",
      "join",
      "range",
      "namespace",
      "loop",
      "first",
      "split",
      "strip",
      "none",
      "true",
      "endset",
      "**",
      "//",
      "é",
      "\\",
      "_",
      "{{ messages }}",
      "{% for m in messages %}",
      "{% endfor %}",
      "{% if 1 %}",
      "{% endif %}",
      "{{ x }}"
    };
    var random = new Random(4711);
    assertTimeoutPreemptively(
        SOON,
        () -> {
          int rendered = 0;
          for (int round = 0; round < 30_000; round++) {
            var template = new StringBuilder(round % 2 == 0 ? "{{ " : "");
            for (int i = random.nextInt(12); i >= 0; i--) {
              template
                  .append(parts[random.nextInt(parts.length)])
                  .append(random.nextBoolean() ? " " : "");
            }
            template.append(round % 2 == 0 ? " }}" : "");
            try {
              render(template.toString());
              rendered++;
            } catch (EngineException.TemplateFailure expected) {
              assertThat(expected).hasMessageContaining("chat template");
            }
          }
          assertThat(rendered).isBetween(500, 29_500);
        });
  }

  private static String render(String template) {
    return ChatTemplate.of(template, Clock.systemUTC())
        .render(Map.of("messages", List.of(Map.of("role", "user", "content", "Hi")), "x", 3));
  }
}
