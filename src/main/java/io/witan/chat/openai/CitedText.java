package io.witan.chat.openai;

import io.witan.chat.AnswerBlock;
import java.util.stream.Collectors;

/** Writes an answer as one text, in which {@code [n]} stands for the citation of that number. */
final class CitedText {
  private CitedText() {}

  /** Written text may have its markers in place already; quotes have them at their end. */
  static String of(AnswerBlock block) {
    var numbers =
        block.citations().stream()
            .map(n -> "[" + n + "]")
            .filter(it -> block.kind() != AnswerBlock.Kind.TEXT || !block.text().contains(it))
            .collect(Collectors.joining());
    return numbers.isEmpty() ? block.text() : block.text() + " " + numbers;
  }

  /** In the language of the question. */
  static String abstained(String question) {
    boolean chinese =
        question
            .codePoints()
            .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    return chinese ? "所搜索的文档中没有相关内容。" : "The searched documents do not contain an answer to this.";
  }
}
