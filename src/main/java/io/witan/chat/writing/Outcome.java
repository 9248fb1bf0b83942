package io.witan.chat.writing;

import io.witan.chat.AnswerRemote;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking a model.
 *
 * @param written null if no model is active that can answer, or none may be given anything
 * @param remote what left the machine, or might have; null if the model runs here
 */
public record Outcome(@Nullable Written written, @Nullable AnswerRemote remote) {
  static final Outcome NONE = new Outcome(null, null);
}
