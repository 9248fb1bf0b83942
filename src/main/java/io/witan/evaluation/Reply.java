package io.witan.evaluation;

import io.witan.chat.Answer;
import io.witan.chat.AnswerBlock;
import io.witan.chat.AnswerMode;
import io.witan.chat.Citation;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was answered to a question.
 *
 * @param text without the numbers of its citations
 * @param quoted whether a model was asked and quotes came instead of what it wrote
 * @param cited the whole passages that its citations point to
 * @param readTokens that were read for it, those of a prompt read before not included
 */
record Reply(
    String text,
    boolean refused,
    boolean quoted,
    List<String> cited,
    long readTokens,
    double readSeconds,
    long writtenTokens,
    double writeSeconds) {
  Reply {
    cited = List.copyOf(cited);
  }

  /**
   * @param passage the passage that a citation points to
   */
  static Reply of(Answer answer, Function<Citation, String> passage) {
    var mode = answer.mode();
    var text =
        answer.blocks().stream()
            .filter(it -> mode != AnswerMode.WRITTEN || it.kind() == AnswerBlock.Kind.TEXT)
            .map(AnswerBlock::text)
            .collect(Collectors.joining("\n\n"));
    boolean refused = mode == AnswerMode.ABSTAINED;
    var cited = answer.citations().stream().map(passage).toList();
    var writing = answer.writing();
    var end = answer.writingEnd();
    if (writing == null || end == null) {
      return new Reply(text, refused, false, cited, 0, 0, 0, 0);
    }
    var shown = mode == AnswerMode.WRITTEN ? text.replaceAll("\\s*\\[\\d+]", "") : text;
    boolean quoted = mode == AnswerMode.QUOTE;
    var first = end.firstToken();
    if (first == null) {
      return new Reply(shown, refused, quoted, cited, 0, 0, 0, 0);
    }
    double read = Math.max(1e-3, first.minus(end.queued()).toNanos() / 1e9);
    double all = answer.timing().writeMillis() / 1e3;
    return new Reply(
        shown,
        refused,
        quoted,
        cited,
        writing.promptTokens() - end.reusedTokens(),
        read,
        end.generatedTokens(),
        Math.max(1e-3, all - read));
  }
}
