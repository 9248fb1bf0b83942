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
 */
public record Question(
    String text,
    List<String> earlier,
    @Nullable AssistantId assistant,
    @Nullable Set<CollectionId> within) {
  public static final int MAX_LENGTH = 8_000;

  public Question {
    earlier = List.copyOf(earlier);
    within = within == null ? null : Set.copyOf(within);
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
