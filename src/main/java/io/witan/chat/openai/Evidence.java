package io.witan.chat.openai;

import io.witan.chat.Answer;
import io.witan.chat.AnswerMode;
import io.witan.chat.Citation;
import io.witan.chat.Passage;
import io.witan.chat.Searched;
import java.util.List;

/**
 * What an answer from documents rests on; its members are those of {@code POST /api/v1/ask}.
 *
 * @param nearest what came nearest when it abstained
 */
record Evidence(
    AnswerMode mode, List<Citation> citations, Searched searched, List<Passage> nearest) {

  static Evidence of(Answer answer) {
    return new Evidence(answer.mode(), answer.citations(), answer.searched(), answer.nearest());
  }
}
