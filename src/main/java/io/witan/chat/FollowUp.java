package io.witan.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Decides what to search for when a question stands in a conversation.
 *
 * <p>A question that leans on the one before it ("and in Germany?", "那保修期呢？") is searched together
 * with it. The rule is fixed: the same conversation always gives the same searches.
 */
final class FollowUp {
  /** Earlier questions that are taken along at most. */
  private static final int MAX_TURNS = 3;

  private static final Pattern ENGLISH_OPENING =
      Pattern.compile(
          "^(?:and|or|but|so|also|then|plus|what about|how about|what if|why not|which (?:one|ones|of)"
              + "|same (?:for|with)|any other|anything else|what else|tell me more|more)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern ENGLISH_PRONOUN =
      Pattern.compile(
          "\\b(?:it|its|they|them|their|theirs|he|she|him|his|her|hers|the (?:former|latter|same))\\b"
              + "|\\b(?:this|that|these|those)[?.! ]*$|\\b(?:about|for|of|with|in|on|like|to|by|from|is|are|does|do|did|can|will)"
              + " (?:this|that|these|those)\\b(?= *(?:[?.!]|$|apply|cost|mean|work|include|take))",
          Pattern.CASE_INSENSITIVE);

  /** Where "it" stands for nothing, as in "how long does it take to…". */
  private static final Pattern ENGLISH_EMPTY_IT =
      Pattern.compile(
          "\\b(?:does|did|will|would|can|could) it (?:take|cost) to\\b"
              + "|\\bis it (?:possible|necessary|allowed|true|legal|safe|important|better|ok|okay|mandatory)\\b"
              + "|\\bit is\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ENGLISH_SHORT =
      Pattern.compile(
          "^(?:why|how|when|where|who|which|how (?:much|many|long|often|so|come)|why (?:not|so)"
              + "|since when|until when|(?:the |a |an )?\\p{Ll}+)$",
          Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern CHINESE_OPENING =
      Pattern.compile("^(?:那|还有|還有|另外|以及|然后|然後|而且|并且|並且|再说|換成|换成|如果是|除此之外).*", Pattern.DOTALL);
  private static final Pattern CHINESE_ENDING = Pattern.compile(".*呢[？?。！!\\s]*$", Pattern.DOTALL);
  private static final Pattern CHINESE_PRONOUN =
      Pattern.compile(
          "它|(?<!其)[他她]|这个|這個|那个|那個|这些|這些|那些|这种|這種|那种|那種|这样|這樣|上述|前者|后者|後者"
              + "|(?<![尤耳极極])其(?![他它中实實余餘次])");

  private static final int SELF_CONTAINED_WORDS = 10;
  private static final int SELF_CONTAINED_HAN = 16;
  private static final int SHORT_HAN = 4;

  private FollowUp() {}

  /**
   * The queries to try, in this order; the first that finds an answer counts.
   *
   * @param earlier questions before this one, oldest first
   */
  static List<String> queries(List<String> earlier, String question) {
    if (earlier.isEmpty()) {
      return List.of(question);
    }
    var composed = composed(earlier, question);
    return leansOnEarlier(question) ? List.of(composed, question) : List.of(question, composed);
  }

  /** The question behind those that it leans on, back to one that stands alone. */
  private static String composed(List<String> earlier, String question) {
    var turns = new ArrayList<String>();
    for (int i = earlier.size() - 1; i >= 0 && turns.size() < MAX_TURNS; i--) {
      turns.addFirst(earlier.get(i));
      if (!leansOnEarlier(earlier.get(i))) {
        break;
      }
    }
    turns.add(question);
    return String.join("\n", turns);
  }

  /** Whether a question cannot be understood without the one before it. */
  static boolean leansOnEarlier(String question) {
    var text = question.strip();
    long han =
        text.codePoints()
            .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
            .count();
    return han > 0 ? chineseLeans(text, han) : englishLeans(text);
  }

  private static boolean chineseLeans(String text, long han) {
    if (CHINESE_OPENING.matcher(text).matches() || CHINESE_ENDING.matcher(text).matches()) {
      return true;
    }
    boolean latin = text.codePoints().anyMatch(c -> c < 128 && Character.isLetter(c));
    return (han <= SHORT_HAN && !latin)
        || (han < SELF_CONTAINED_HAN && CHINESE_PRONOUN.matcher(text).find());
  }

  private static boolean englishLeans(String text) {
    if (ENGLISH_OPENING.matcher(text).matches()) {
      return true;
    }
    var words = text.replaceAll("[^\\p{L}\\p{N}' ]", " ").strip();
    if (ENGLISH_SHORT.matcher(words.toLowerCase(java.util.Locale.ROOT)).matches()
        && words.substring(1).equals(words.substring(1).toLowerCase(java.util.Locale.ROOT))) {
      return true;
    }
    boolean selfContained = words.split("\\s+").length > SELF_CONTAINED_WORDS;
    var meaningful = ENGLISH_EMPTY_IT.matcher(text).replaceAll(" ");
    return !selfContained && ENGLISH_PRONOUN.matcher(meaningful).find();
  }
}
