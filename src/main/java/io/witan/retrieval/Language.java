package io.witan.retrieval;

/** Tells the two languages of the embedders apart. */
public final class Language {
  public static final String ENGLISH = "en";
  public static final String CHINESE = "zh";

  private Language() {}

  /** Chinese if at least a third of the letters are Han: a question may carry English names. */
  public static String ofQuery(String query) {
    long letters = query.codePoints().filter(Character::isLetter).count();
    long han =
        query
            .codePoints()
            .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
            .count();
    return han > 0 && han * 3 >= letters ? CHINESE : ENGLISH;
  }
}
