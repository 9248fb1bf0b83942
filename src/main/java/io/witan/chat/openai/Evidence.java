package io.witan.chat.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.witan.chat.Answer;
import io.witan.chat.AnswerMode;
import io.witan.chat.AnswerRemote;
import io.witan.chat.Citation;
import io.witan.chat.Passage;
import io.witan.chat.Searched;
import io.witan.models.generation.GeneratorInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer from documents rests on, and what left the machine for it; its members are those
 * of {@code POST /api/v1/ask}.
 *
 * @param nearest what came nearest when it abstained
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Evidence(
    @Nullable AnswerMode mode,
    @Nullable List<Citation> citations,
    @Nullable Searched searched,
    @Nullable List<Passage> nearest,
    @Nullable AnswerRemote remote) {

  static Evidence of(Answer answer) {
    return new Evidence(
        answer.mode(), answer.citations(), answer.searched(), answer.nearest(), answer.remote());
  }

  /** Of an answer without documents: null if it was made here. */
  static @Nullable Evidence of(GeneratorInfo model) {
    var host = model.host();
    return host == null
        ? null
        : new Evidence(null, null, null, null, new AnswerRemote(host, model.name(), true, 0));
  }
}
