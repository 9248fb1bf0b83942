package io.witan.engine.tokenizer;

/**
 * The expressions that GPT-2 and its successors cut words with, by hand, for they need no
 * backtracking:
 *
 * <pre>
 * GPT-2:   's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
 * Llama 3: (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}
 *          | ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+          (Qwen 2: \p{N} alone)
 * </pre>
 */
final class WordSplitter implements Splitter {
  static final WordSplitter GPT2 = new WordSplitter(false, Integer.MAX_VALUE);
  static final WordSplitter LLAMA3 = new WordSplitter(true, 3);
  static final WordSplitter QWEN2 = new WordSplitter(true, 1);

  private final boolean modern;
  private final int mostDigits;

  private WordSplitter(boolean modern, int mostDigits) {
    this.modern = modern;
    this.mostDigits = mostDigits;
  }

  @Override
  public int end(CodePoints text, int from, int to) {
    int end = contraction(text, from, to);
    if (end < 0) {
      end = letters(text, from, to);
    }
    if (end < 0) {
      end = numbers(text, from, to);
    }
    if (end < 0) {
      end = marks(text, from, to);
    }
    return end < 0 ? spaces(text, from, to) : end;
  }

  private int contraction(CodePoints text, int from, int to) {
    if (text.at(from) != '\'' || from + 1 >= to) {
      return -1;
    }
    int first = fold(text.at(from + 1));
    if (first == 's' || first == 't' || first == 'm' || first == 'd') {
      return from + 2;
    }
    int second = from + 2 < to ? fold(text.at(from + 2)) : 0;
    boolean two =
        ((first == 'r' || first == 'v') && second == 'e') || (first == 'l' && second == 'l');
    return two ? from + 3 : -1;
  }

  private int fold(int codePoint) {
    return modern && codePoint >= 'A' && codePoint <= 'Z' ? codePoint + ('a' - 'A') : codePoint;
  }

  private int letters(CodePoints text, int from, int to) {
    int start = from;
    if (!text.isLetter(from)) {
      boolean mayLead =
          modern ? !text.isLineBreak(from) && !text.isNumber(from) : text.at(from) == ' ';
      if (!mayLead || from + 1 >= to || !text.isLetter(from + 1)) {
        return -1;
      }
      start = from + 1;
    }
    int end = start + 1;
    while (end < to && text.isLetter(end)) {
      end++;
    }
    return end;
  }

  private int numbers(CodePoints text, int from, int to) {
    int start = !modern && text.at(from) == ' ' ? from + 1 : from;
    if (start >= to || !text.isNumber(start)) {
      return -1;
    }
    int end = start + 1;
    while (end < to && end - start < mostDigits && text.isNumber(end)) {
      end++;
    }
    return end;
  }

  private int marks(CodePoints text, int from, int to) {
    int start = text.at(from) == ' ' ? from + 1 : from;
    if (start >= to || !text.isMark(start)) {
      return -1;
    }
    int end = start + 1;
    while (end < to && text.isMark(end)) {
      end++;
    }
    while (modern && end < to && text.isLineBreak(end)) {
      end++;
    }
    return end;
  }

  /** The last space before a word goes with the word, or stays alone. */
  private int spaces(CodePoints text, int from, int to) {
    int end = from;
    int pastLineBreak = -1;
    while (end < to && text.isSpaceAt(end)) {
      if (text.isLineBreak(end)) {
        pastLineBreak = end + 1;
      }
      end++;
    }
    if (modern && pastLineBreak > 0) {
      return pastLineBreak;
    }
    if (end < to && end - from > 1) {
      return end - 1;
    }
    return Math.max(end, from + 1);
  }
}
