package io.witan.chat;

import io.witan.assistants.AssistantId;
import io.witan.catalogue.CollectionId;
import io.witan.shared.InvalidInput;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked.
 *
 * @param earlier questions before it in the conversation, oldest first
 * @param assistant null for the default assistant
 * @param within collections that the person chose; null for no choice, empty for none
 * @param turns what was answered before, as far as it may still be shown, oldest first
 * @param variation 0 for the answer that a model thinks best; else another one for each number
 */
public record Question(
    String text,
    List<String> earlier,
    @Nullable AssistantId assistant,
    @Nullable Set<CollectionId> within,
    List<Turn> turns,
    long variation) {
  public static final int MAX_LENGTH = 8_000;

  public Question {
    earlier = List.copyOf(earlier);
    within = within == null ? null : Set.copyOf(within);
    turns = List.copyOf(turns);
  }

  /**
   * A question and the text that a model wrote for it.
   *
   * @param sources collections that the text may rest on, those of turns before it included; null
   *     if nobody knows
   */
  public record Turn(String question, String answer, @Nullable Set<CollectionId> sources) {
    public Turn {
      sources = sources == null ? null : Set.copyOf(sources);
    }

    /** A turn of which nobody knows what it rests on. */
    public Turn(String question, String answer) {
      this(question, answer, null);
    }
  }

  /** A first answer to a question about which no written answer is known. */
  public Question(
      String text,
      List<String> earlier,
      @Nullable AssistantId assistant,
      @Nullable Set<CollectionId> within) {
    this(text, earlier, assistant, within, List.of(), 0);
  }

  /** A question outside of any conversation, to the default assistant. */
  public static Question of(String text) {
    return new Question(text, List.of(), null, null);
  }

  /**
   * A question's text without the white space around it.
   *
   * @throws InvalidInput if it is blank or has more than {@link #MAX_LENGTH} UTF-16 code units
   */
  public static String checked(String field, @Nullable String text) {
    var stripped = text == null ? "" : text.strip();
    if (stripped.isEmpty() || stripped.length() > MAX_LENGTH) {
      throw new InvalidInput(field, "must have 1 to " + MAX_LENGTH + " characters");
    }
    return stripped;
  }
}
