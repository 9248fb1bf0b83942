package io.witan.chat.quotes;

import io.witan.catalogue.DocumentId;
import io.witan.retrieval.Hit;
import java.util.Set;

/** A unit that may be quoted, with what speaks for it. Filled in two steps, then only read. */
final class Candidate {
  // on the questions of docs/retrieval.md, the right document is then most often among the first 3
  private static final double WORDS = 0.3;
  private static final double MEANING = 0.4;
  private static final double STANDING = 0.7;
  private static final float[] NO_VECTOR = {};

  private final Hit hit;
  private final TextUnit unit;
  private final Set<String> terms;
  private final double words;
  private final double standing;
  private final double language;
  private float[] vector = NO_VECTOR;
  private double meaning;

  /**
   * @param words share of the question's weighted words that it holds, 0 to 1
   * @param standing of its passage in the search, 0 to 1
   * @param language 1 in the language of the question, less in another
   */
  Candidate(
      Hit hit, TextUnit unit, Set<String> terms, double words, double standing, double language) {
    this.hit = hit;
    this.unit = unit;
    this.terms = Set.copyOf(terms);
    this.words = words;
    this.standing = standing;
    this.language = language;
  }

  Hit hit() {
    return hit;
  }

  TextUnit unit() {
    return unit;
  }

  DocumentId document() {
    return hit.documentId();
  }

  String text() {
    return hit.text().substring(unit.start(), unit.end());
  }

  /** What is embedded: the unit under its nearest heading, which says what it is about. */
  String contextText() {
    var path = hit.headingPath();
    var heading = path.substring(path.lastIndexOf('›') + 1).strip();
    return (heading.isEmpty() ? hit.title() : heading) + ": " + text();
  }

  void vector(float[] embedded, double cosine) {
    vector = embedded;
    meaning = Math.max(0, cosine);
  }

  /** Before vectors are known. */
  double lexicalScore() {
    return language * (WORDS * words + STANDING * standing);
  }

  double score() {
    return language * (WORDS * words + MEANING * meaning + STANDING * standing);
  }

  /** Half-open ranges of the same text version that share a character. */
  boolean overlaps(Candidate other) {
    return hit.textVersionId().equals(other.hit.textVersionId())
        && start() < other.end()
        && other.start() < end();
  }

  /** Offset in the text version. */
  int start() {
    return hit.start() + unit.start();
  }

  int end() {
    return hit.start() + unit.end();
  }

  /** 0 for nothing in common, 1 for the same. */
  double similarity(Candidate other) {
    if (vector.length > 0 && vector.length == other.vector.length) {
      return Math.max(0, Vectors.cosine(vector, other.vector));
    }
    long common = terms.stream().filter(other.terms::contains).count();
    long all = terms.size() + other.terms.size() - common;
    return all == 0 ? 0 : (double) common / all;
  }
}
