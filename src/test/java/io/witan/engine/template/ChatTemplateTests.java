package io.witan.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.EngineException;
import io.witan.engine.Fixtures;
import io.witan.engine.gguf.GgufFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ChatTemplateTests {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-03-07T14:05:09Z"), ZoneOffset.UTC);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * The texts that Jinja2 3.1.6 made of the same conversations, set up as Hugging Face does. The
   * templates have the structure of the ones of DBRX, Llama 3.1, Mistral and Qwen 3.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "chatml.jinja",
        "header-blocks.jinja",
        "inst.jinja",
        "thinking.jinja",
        "constructs.jinja"
      })
  void rendersAsJinjaDoes(String name) throws IOException {
    var expected = JSON.readTree(resource("expected.json"));
    var template = ChatTemplate.of(resource(name), CLOCK);
    var soft = new SoftAssertions();
    int compared = 0;
    for (var rendering : expected.get("cases")) {
      if (!rendering.get("template").asString().equals(name)) {
        continue;
      }
      compared++;
      String conversation = rendering.get("conversation").asString();
      Map<String, ?> variables = variables(expected.get("conversations").get(conversation));
      if (rendering.has("error")) {
        soft.assertThatThrownBy(() -> template.render(variables))
            .as(conversation)
            .isInstanceOf(EngineException.TemplateFailure.class);
      } else {
        soft.assertThat(template.render(variables))
            .as(conversation)
            .isEqualTo(rendering.get("expected").asString());
      }
    }
    soft.assertAll();
    assertThat(compared).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"models/dbrx-f32.gguf", "models/qwen3moe-f32.gguf"})
  void rendersTheTemplateOfAModelFile(String model) {
    try (var file = GgufFile.open(Fixtures.path(model))) {
      var template = ChatTemplate.of(file.metadata().string("tokenizer.chat_template"), CLOCK);
      assertThat(template.render(conversation("user", "Hi")))
          .isEqualTo("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% include 'secrets' %}|include",
        "{% import 'os' as os %}|import",
        "{% extends 'x' %}|extends",
        "{% call f() %}{% endcall %}|call",
        "{% raw %}{% endraw %}|raw",
        "{{ 1 | attr('y') }}|attr",
        "{{ x | format(1) }}|format",
        "{{ x is filter }}|filter",
        "{{ cycler('a') }}|cycler",
        "{{ lipsum() }}|lipsum",
        "{{ 'a'.format(1) }}|format",
        "{{ ''.__class__.__mro__ }}|__class__",
        "{{ messages.append(1) }}|append",
        "{{ messages.clear() }}|clear",
        "{{ f(*messages) }}|*",
        "{{ messages | join(', ', attribute='role', more=1) }}|more",
        "{{ strftime_now('%Q') }}|%Q",
        "{% for a in b recursive %}{% endfor %}|recursive",
        "{{ {1: 2} }}|as key",
        "{% set messages.x = 1 %}|a list",
        "{{ 1 + 'a' }}|a string",
        "{{ nothing.at.all }}|nothing",
        "{{ range(1, 2, 0) }}|step",
        "{{ 1 // 0 }}|1 // 0",
        "{{ 9223372036854775807 + 1 }}|overflow"
      })
  void whatIsNotKnownFailsByName(String template) {
    int bar = template.lastIndexOf('|');
    assertThatThrownBy(
            () ->
                ChatTemplate.of(template.substring(0, bar), CLOCK)
                    .render(conversation("user", "Hi")))
        .isInstanceOf(EngineException.TemplateFailure.class)
        .hasMessageContaining(template.substring(bar + 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for %}",
        "{% if x %}",
        "{{ x",
        "{% endif %}",
        "{{ 'a }}",
        "{# x",
        "{{ }}",
        "{% %}",
        "{{ x | }}",
        "{{ x is }}",
        "{{ (1 }}",
        "{{ [1, }}",
        "{{ {'a' } }}",
        "{% set %}",
        "{% macro %}",
        "{{ a b }}",
        "{{ 'a' | upper( }}",
        "{% for x in y %}{% endif %}",
        "{{ \"\\u12\" }}",
        "{{ 99999999999999999999 }}",
        "{% break %}",
        "{{ $ }}",
        "{{ a[ }}"
      })
  void aBrokenTemplateNamesItsLine(String template) {
    assertThatThrownBy(() -> ChatTemplate.of("\n\n" + template, CLOCK))
        .isInstanceOf(EngineException.TemplateFailure.class)
        .hasMessageContaining("line 3");
  }

  @Test
  void whatIsNotKnownMayStandWhereItIsNotReached() {
    var template = ChatTemplate.of("{% if x %}{{ 1 | from_json is odder }}{% endif %}a", CLOCK);
    assertThat(template.render(Map.of("x", false))).isEqualTo("a");
  }

  @Test
  void refusesJavaObjects() {
    var template = ChatTemplate.of("{{ x }}", CLOCK);
    assertThatThrownBy(() -> template.render(Map.of("x", Thread.currentThread())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static Map<String, Object> conversation(String role, String content) {
    var variables = new LinkedHashMap<String, Object>();
    variables.put("messages", List.of(Map.of("role", role, "content", content)));
    variables.put("add_generation_prompt", true);
    return variables;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, ?> variables(tools.jackson.databind.JsonNode conversation) {
    return JSON.treeToValue(conversation, LinkedHashMap.class);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ChatTemplateTests.class.getResourceAsStream("/templates/" + name)) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
