package io.witan.retrieval.terms;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Cuts text into terms: English words stemmed, Chinese in pairs of characters.
 *
 * <p>Compatibility forms and traditional characters are folded first, so that 臺灣 finds 台湾 and ﬁle
 * finds file. Thread-safe.
 */
public final class TermAnalyzer {
  private static final int MAX_QUERY_TERMS = 200;
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
  private static final Pattern NOT_IN_A_TERM = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
  private static final Normalizer2 COMPATIBILITY = Normalizer2.getNFKCInstance();

  private final Transliterator simplified = Transliterator.getInstance("Traditional-Simplified");
  private final Analyzer analyzer = new MixedAnalyzer();

  /** All terms of a text, in order. */
  public List<String> terms(String text) {
    var terms = new ArrayList<String>();
    try (var tokens = analyzer.tokenStream("", fold(text))) {
      var term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        String plain = NOT_IN_A_TERM.matcher(term).replaceAll("");
        if (!plain.isEmpty()) {
          terms.add(plain);
        }
      }
      tokens.end();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return terms;
  }

  /** The terms to search for, each once. */
  public List<String> queryTerms(String query) {
    return new LinkedHashSet<>(terms(query)).stream().limit(MAX_QUERY_TERMS).toList();
  }

  private String fold(String text) {
    String compatible = COMPATIBILITY.normalize(text);
    return HAN.matcher(compatible).find() ? simplified.transliterate(compatible) : compatible;
  }

  private static final class MixedAnalyzer extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      var words = new StandardTokenizer();
      TokenStream tokens = new EnglishPossessiveFilter(words);
      tokens = new LowerCaseFilter(tokens);
      tokens = new CJKBigramFilter(tokens);
      tokens = new ASCIIFoldingFilter(tokens);
      tokens = new StopFilter(tokens, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
      return new TokenStreamComponents(words, new PorterStemFilter(tokens));
    }
  }
}
