package io.witan.engine.tokenizer;

import io.witan.engine.gguf.GgufMetadata;

/**
 * Byte-pair encoding (Sennrich et al. 2016) on bytes, as GPT-2 does it: each piece of the
 * pre-tokenizer starts as single bytes, and the pair of lowest rank is merged, the leftmost first,
 * until none is left. Takes O(n log n) for a piece of n bytes.
 */
final class BytePairs implements Segmentation {
  private final Vocabulary vocabulary;
  private final PreTokenizer preTokenizer;
  private final Merges merges;

  BytePairs(GgufMetadata metadata, Vocabulary vocabulary, PreTokenizer preTokenizer) {
    this.vocabulary = vocabulary;
    this.preTokenizer = preTokenizer;
    this.merges = Merges.of(metadata, vocabulary);
  }

  @Override
  public void encode(String text, boolean atStart, IntList ids) {
    var codePoints = new CodePoints(text);
    var symbols = new SymbolChain();
    preTokenizer.split(
        codePoints,
        (from, to) -> {
          symbols.clear();
          for (int i = from; i < to; i++) {
            appendBytes(codePoints.at(i), symbols);
          }
          int word = preTokenizer.takesWholeWords() ? wordToken(symbols) : -1;
          if (word >= 0) {
            ids.add(word);
          } else {
            symbols.merge(merges);
            symbols.forEach(symbol -> appendTokens(symbol, ids));
          }
        });
  }

  private void appendBytes(int codePoint, SymbolChain symbols) {
    if (codePoint < 0x80) {
      symbols.add(merges.byteSymbol(codePoint));
      return;
    }
    if (codePoint < 0x800) {
      symbols.add(merges.byteSymbol(0xC0 | codePoint >> 6));
    } else {
      if (codePoint < 0x10000) {
        symbols.add(merges.byteSymbol(0xE0 | codePoint >> 12));
      } else {
        symbols.add(merges.byteSymbol(0xF0 | codePoint >> 18));
        symbols.add(merges.byteSymbol(0x80 | ((codePoint >> 12) & 0x3F)));
      }
      symbols.add(merges.byteSymbol(0x80 | ((codePoint >> 6) & 0x3F)));
    }
    symbols.add(merges.byteSymbol(0x80 | (codePoint & 0x3F)));
  }

  private int wordToken(SymbolChain symbols) {
    if (symbols.length() > vocabulary.longest()) {
      return -1;
    }
    var word = new StringBuilder(symbols.length());
    symbols.forEach(symbol -> word.append(merges.text(symbol)));
    return vocabulary.id(word.toString());
  }

  /** A symbol without a token falls apart into its bytes; bytes without one are lost. */
  private void appendTokens(int symbol, IntList ids) {
    if (merges.isToken(symbol)) {
      ids.add(symbol);
      return;
    }
    String text = merges.text(symbol);
    for (int i = 0; i < text.length(); i++) {
      int id = vocabulary.id(text.substring(i, i + 1));
      if (id >= 0) {
        ids.add(id);
      }
    }
  }

  @Override
  public byte[] bytes(int id) {
    return ByteAlphabet.bytes(vocabulary.text(id));
  }

  @Override
  public boolean addsLeadingSpace() {
    return false;
  }

  @Override
  public boolean tidiesSpaces() {
    return preTokenizer.tidiesSpaces();
  }
}
