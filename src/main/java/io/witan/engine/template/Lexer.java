package io.witan.engine.template;

import io.witan.engine.EngineException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into tokens, with the white space as Hugging Face has it: {@code trim_blocks} and
 * {@code lstrip_blocks} are on, and one line break at the end is dropped.
 */
final class Lexer {
  private static final List<String> OPERATORS =
      List.of(
          "==", "!=", "<=", ">=", "**", "//", "<", ">", "=", "+", "-", "*", "/", "%", "~", "|", "(",
          ")", "[", "]", "{", "}", ",", ".", ":");

  /** The longest templates of published models have a tenth of it. */
  private static final int MOST_TOKENS = 100_000;

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private int line = 1;
  private boolean atLineStart = true;

  private Lexer(String source) {
    String normalized = source.replace("\r\n", "\n").replace('\r', '\n');
    this.source =
        normalized.endsWith("\n") ? normalized.substring(0, normalized.length() - 1) : normalized;
  }

  static List<Token> tokens(String source) {
    var lexer = new Lexer(source);
    while (lexer.position < lexer.source.length()) {
      lexer.dataAndTag();
    }
    lexer.add(Token.Kind.END, "");
    return lexer.tokens;
  }

  private void dataAndTag() {
    int tag = nextTag();
    if (tag < 0) {
      data(source.substring(position));
      position = source.length();
      return;
    }
    char kind = source.charAt(tag + 1);
    char sign = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
    String before = source.substring(position, tag);
    if (sign == '-') {
      data(before.stripTrailing(), before);
    } else if (kind != '{' && sign != '+') {
      data(withoutIndent(before), before);
    } else {
      data(before);
    }
    position = tag + (sign == '-' || (sign == '+' && kind != '{') ? 3 : 2);
    switch (kind) {
      case '#' -> comment();
      case '%' -> inside(Token.Kind.BLOCK_BEGIN, Token.Kind.BLOCK_END, "%}");
      default -> inside(Token.Kind.OUTPUT_BEGIN, Token.Kind.OUTPUT_END, "}}");
    }
  }

  private int nextTag() {
    for (int at = source.indexOf('{', position); at >= 0; at = source.indexOf('{', at + 1)) {
      char next = at + 1 < source.length() ? source.charAt(at + 1) : ' ';
      if (next == '{' || next == '%' || next == '#') {
        return at;
      }
    }
    return -1;
  }

  private String withoutIndent(String before) {
    int lineStart = before.lastIndexOf('\n') + 1;
    boolean indent = lineStart > 0 || atLineStart;
    return indent && before.substring(lineStart).isBlank()
        ? before.substring(0, lineStart)
        : before;
  }

  private void data(String text) {
    data(text, text);
  }

  private void data(String kept, String read) {
    if (!kept.isEmpty()) {
      add(Token.Kind.DATA, kept);
    }
    countLines(read);
  }

  private void comment() {
    int end = source.indexOf("#}", position);
    if (end < 0) {
      throw failure("a comment has no end");
    }
    countLines(source.substring(position, end));
    char sign = end > position ? source.charAt(end - 1) : ' ';
    position = end + 2;
    afterTag(sign, true);
  }

  private void inside(Token.Kind begin, Token.Kind end, String mark) {
    add(begin, "");
    int depth = 0;
    while (true) {
      skipSpace();
      if (position >= source.length()) {
        throw failure("a tag has no end");
      }
      char current = source.charAt(position);
      boolean signed = current == '-' || current == '+';
      if (depth == 0 && source.startsWith(mark, signed ? position + 1 : position)) {
        position += signed ? 3 : 2;
        add(end, "");
        afterTag(signed ? current : ' ', end == Token.Kind.BLOCK_END);
        return;
      }
      depth += token(current);
    }
  }

  private void afterTag(char sign, boolean trims) {
    int start = position;
    if (sign == '-') {
      while (position < source.length() && Character.isWhitespace(source.charAt(position))) {
        position++;
      }
    } else if (trims && sign != '+' && source.startsWith("\n", position)) {
      position++;
    }
    countLines(source.substring(start, position));
    atLineStart = position > start && source.charAt(position - 1) == '\n';
  }

  private void skipSpace() {
    while (position < source.length() && Character.isWhitespace(source.charAt(position))) {
      line += source.charAt(position) == '\n' ? 1 : 0;
      position++;
    }
  }

  /** Reads one token; returns by how much it nests deeper. */
  private int token(char first) {
    if (first == '"' || first == '\'') {
      add(Token.Kind.STRING, StringLiteral.read(this, first));
      return 0;
    }
    if (isDigit(position)) {
      number();
      return 0;
    }
    if (Character.isUnicodeIdentifierStart(first) || first == '_') {
      int start = position;
      while (position < source.length()
          && Character.isUnicodeIdentifierPart(source.charAt(position))) {
        position++;
      }
      add(Token.Kind.NAME, source.substring(start, position));
      return 0;
    }
    for (String operator : OPERATORS) {
      if (source.startsWith(operator, position)) {
        position += operator.length();
        add(Token.Kind.OPERATOR, operator);
        return "([{".contains(operator) ? 1 : ")]}".contains(operator) ? -1 : 0;
      }
    }
    throw failure("unexpected character '" + first + "'");
  }

  private void number() {
    int start = position;
    digits();
    boolean fraction = fraction();
    boolean real = exponent() || fraction;
    add(real ? Token.Kind.REAL : Token.Kind.WHOLE, source.substring(start, position));
  }

  private boolean fraction() {
    boolean found = source.startsWith(".", position) && isDigit(position + 1);
    if (found) {
      position++;
      digits();
    }
    return found;
  }

  private boolean exponent() {
    char mark = position < source.length() ? source.charAt(position) : ' ';
    char sign = position + 1 < source.length() ? source.charAt(position + 1) : ' ';
    int digits = position + (sign == '-' || sign == '+' ? 2 : 1);
    boolean found = (mark == 'e' || mark == 'E') && isDigit(digits);
    if (found) {
      position = digits;
      digits();
    }
    return found;
  }

  private boolean isDigit(int at) {
    return at < source.length() && source.charAt(at) >= '0' && source.charAt(at) <= '9';
  }

  private void digits() {
    while (isDigit(position)) {
      position++;
    }
  }

  /** The next character, or -1; for string literals. */
  int read() {
    if (position >= source.length()) {
      return -1;
    }
    char character = source.charAt(position++);
    line += character == '\n' ? 1 : 0;
    return character;
  }

  EngineException failure(String cause) {
    return new EngineException.TemplateFailure("chat template, line " + line + ": " + cause);
  }

  private void countLines(String text) {
    line += (int) text.chars().filter(character -> character == '\n').count();
  }

  private void add(Token.Kind kind, String text) {
    if (tokens.size() == MOST_TOKENS) {
      throw failure("more than " + MOST_TOKENS + " words and signs");
    }
    tokens.add(new Token(kind, text, line));
  }
}
