package io.witan.models.springai;

import io.witan.models.generation.Prompt;

/**
 * Tokens of a text for a tokenizer that nobody here has: more than the usual ones make of it. A run
 * of ASCII letters counts a token for each three begun, a Chinese, Japanese or Korean character one
 * and a half, any other letter beyond ASCII one, a digit, sign or line break one, what is beyond
 * the basic plane three. A space counts nothing, for it joins the word after it; spaces that follow
 * each other count a token for each four begun.
 */
final class TokenEstimate {
  private static final int HALVES = 2;
  private static final int MESSAGE_TOKENS = 8;
  private static final int LETTERS_OF_A_TOKEN = 3;
  private static final int SPACES_OF_A_TOKEN = 4;

  private TokenEstimate() {}

  static int of(Prompt prompt) {
    return switch (prompt) {
      case Prompt.PlainText plain -> of(plain.text());
      case Prompt.Conversation conversation ->
          MESSAGE_TOKENS
              + of(ToolsOfChats.counted(conversation))
              + conversation.messages().stream()
                  .mapToInt(message -> MESSAGE_TOKENS + of(message.content()))
                  .sum();
    };
  }

  static int of(String text) {
    long halves = 0;
    int letters = 0;
    int spaces = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean letter = c < 128 && Character.isLetter(c);
      letters = letter ? letters + 1 : 0;
      spaces = c == ' ' || c == '\t' ? spaces + 1 : 0;
      if (letter) {
        halves += letters % LETTERS_OF_A_TOKEN == 1 ? HALVES : 0;
      } else if (spaces > 0) {
        halves += spaces % SPACES_OF_A_TOKEN == 2 ? HALVES : 0;
      } else {
        halves += halves(c);
      }
    }
    return (int) Math.min(Integer.MAX_VALUE, (halves + 1) / HALVES);
  }

  private static int halves(int c) {
    if (c > 0xffff) {
      return 3 * HALVES;
    }
    return Character.isIdeographic(c)
            || (c >= 0x3040 && c <= 0x30ff)
            || (c >= 0xac00 && c <= 0xd7a3)
        ? HALVES + 1
        : HALVES;
  }
}
