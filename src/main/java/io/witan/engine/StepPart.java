package io.witan.engine;

import io.witan.engine.backend.StepBatch;
import java.util.List;

/**
 * What one session does in a step.
 *
 * @param tokens to append; of a prompt any number, else one
 * @param prompt whether they belong to a prompt: prompts and generated tokens take different
 *     kernels, so the same token must always go the same way
 * @param logits after which of the tokens logits are wanted
 */
public record StepPart(Session session, int[] tokens, boolean prompt, Logits logits) {
  /** After which tokens logits are wanted. */
  public enum Logits {
    NONE,
    LAST,
    ALL,
    /** After the last, and its likeliest token is enough. */
    LIKELIEST
  }

  public StepPart {
    if (tokens.length == 0 || (!prompt && tokens.length > 1)) {
      throw new IllegalArgumentException(tokens.length + " tokens");
    }
  }

  /** Appends a part of a prompt. */
  public static StepPart prompt(Session session, int[] tokens, Logits logits) {
    return new StepPart(session, tokens, true, logits);
  }

  /** Appends a token that was generated. */
  public static StepPart generated(Session session, int token) {
    return generated(session, token, Logits.LAST);
  }

  /** As above, with other wishes. */
  public static StepPart generated(Session session, int token, Logits logits) {
    return new StepPart(session, new int[] {token}, false, logits);
  }

  int wantedRows() {
    return switch (logits) {
      case NONE -> 0;
      case LAST, LIKELIEST -> 1;
      case ALL -> tokens.length;
    };
  }

  /** The batch of these parts, prompts first, with room made for their tokens. */
  static StepBatch batchOf(List<StepPart> parts, int promptRows) {
    int rows = 0;
    int wanted = 0;
    for (var part : parts) {
      rows += part.tokens.length;
      wanted += part.wantedRows();
    }
    var tokens = new int[rows];
    var positions = new int[rows];
    var slots = new int[rows];
    var adapters = new int[rows];
    var tables = new int[parts.size()][];
    var logitRows = new int[wanted];
    var likeliest = new boolean[wanted];
    int row = 0;
    int logit = 0;
    for (int slot = 0; slot < tables.length; slot++) {
      var part = parts.get(slot);
      tables[slot] = part.session.reserve(part.tokens.length);
      int last = row + part.tokens.length;
      for (int from = last - part.wantedRows(); from < last; from++) {
        likeliest[logit] = part.logits == Logits.LIKELIEST;
        logitRows[logit++] = from;
      }
      for (int i = 0; row < last; i++, row++) {
        tokens[row] = part.tokens[i];
        positions[row] = part.session.length() + i;
        slots[row] = slot;
        adapters[row] = part.session.adapterSlot();
      }
    }
    return new StepBatch(
        tokens, positions, slots, tables, adapters, promptRows, logitRows, likeliest);
  }
}
