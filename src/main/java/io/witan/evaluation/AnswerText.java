package io.witan.evaluation;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A text as answers are compared: SQuAD's words in lower case without punctuation and articles, and
 * each Chinese character as a word of its own.
 */
record AnswerText(List<String> words) {
  private static final Pattern ASCII_PUNCTUATION = Pattern.compile("[\\p{Punct}’‘]");
  private static final Pattern OTHER_PUNCTUATION = Pattern.compile("[\\p{P}\\p{S}]");
  private static final Pattern WORD = Pattern.compile("\\p{IsHan}|[^\\s\\p{IsHan}]+");
  private static final Set<String> ARTICLES = Set.of("a", "an", "the");

  AnswerText {
    words = List.copyOf(words);
  }

  static AnswerText of(String text) {
    var folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    var joined = ASCII_PUNCTUATION.matcher(folded).replaceAll("");
    var plain = OTHER_PUNCTUATION.matcher(joined).replaceAll(" ");
    var words = new ArrayList<String>();
    var found = WORD.matcher(plain);
    while (found.find()) {
      if (!ARTICLES.contains(found.group())) {
        words.add(found.group());
      }
    }
    return new AnswerText(words);
  }

  /** Whether both say exactly the same. */
  boolean is(AnswerText other) {
    return words.equals(other.words);
  }

  /** Whether this has all of the other, one word after the other; nothing is in no text. */
  boolean has(AnswerText other) {
    int length = other.words.size();
    for (int at = 0; length > 0 && at + length <= words.size(); at++) {
      if (words.subList(at, at + length).equals(other.words)) {
        return true;
      }
    }
    return false;
  }

  /** The harmonic mean of precision and recall of words, 0 to 1; two empty texts are the same. */
  double f1(AnswerText accepted) {
    if (words.isEmpty() || accepted.words.isEmpty()) {
      return words.equals(accepted.words) ? 1 : 0;
    }
    Map<String, Integer> left = new HashMap<>();
    accepted.words.forEach(word -> left.merge(word, 1, Integer::sum));
    int common = 0;
    for (var word : words) {
      int count = left.getOrDefault(word, 0);
      if (count > 0) {
        common++;
        left.put(word, count - 1);
      }
    }
    return 2.0 * common / (words.size() + accepted.words.size());
  }
}
