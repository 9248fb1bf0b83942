package io.witan.chat.quotes;

import com.ibm.icu.text.Transliterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.jspecify.annotations.Nullable;

/**
 * The words of a question or sentence that carry meaning: English stems, and pairs of Chinese
 * characters, which need no dictionary and match within longer words. Traditional characters count
 * as their simplified ones.
 */
final class Terms {
  private static final Set<String> STOP =
      Set.copyOf(
          Set.of(
              """
                  a about am an and any are as at be been being but by can could describe did do does
                  explain for from give had has have he her his how i if in into is it its list may me
                  might more must my of on or our out she should so some such tell than that the their
                  them then there these they this those to up us was we were what when where which who
                  whom whose why will with would you your please
                  """
                  .split("\\s+")));

  /** Chinese question words and particles: they would pair up with real characters. */
  private static final Pattern CHINESE_STOP =
      Pattern.compile(
          "为什么|什么|怎么样|怎么|怎样|如何|多少|多久|哪些|哪个|哪里|哪儿|是否|能否|可否|请问|请|有没有"
              + "|為什麼|什麼|怎麼|多少錢|哪裡|請問|請|[吗嗎呢吧的是了在和与與及或]");

  private static final Transliterator SIMPLIFIED =
      Transliterator.getInstance("Traditional-Simplified");

  private static final Analyzer ANALYZER =
      new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          var source = new StandardTokenizer();
          var stop = new CharArraySet(STOP, false);
          var stream = new EnglishPossessiveFilter(new LowerCaseFilter(source));
          return new TokenStreamComponents(
              source, new PorterStemFilter(new StopFilter(stream, stop)));
        }
      };

  private Terms() {}

  /** Terms of a question, without the words that only make it a question. */
  static Set<String> ofQuestion(String question) {
    return of(CHINESE_STOP.matcher(question).replaceAll(" "));
  }

  static Set<String> of(String text) {
    var terms = new LinkedHashSet<String>();
    try (var tokens = ANALYZER.tokenStream("text", SIMPLIFIED.transliterate(text))) {
      var term = tokens.addAttribute(CharTermAttribute.class);
      var offset = tokens.addAttribute(OffsetAttribute.class);
      tokens.reset();
      @Nullable String previous = null;
      int previousEnd = -1;
      boolean paired = true;
      while (tokens.incrementToken()) {
        var word = term.toString();
        if (isChinese(word)) {
          boolean follows = previous != null && previousEnd == offset.startOffset();
          if (follows) {
            terms.add(previous + word);
          } else if (!paired && previous != null) {
            terms.add(previous);
          }
          paired = follows;
          previous = word;
          previousEnd = offset.endOffset();
        } else {
          terms.add(word);
        }
      }
      if (!paired && previous != null) {
        terms.add(previous);
      }
      tokens.end();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return terms;
  }

  private static boolean isChinese(String word) {
    return word.codePointCount(0, word.length()) == 1
        && Character.isIdeographic(word.codePointAt(0));
  }
}
