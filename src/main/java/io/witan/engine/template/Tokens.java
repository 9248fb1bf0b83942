package io.witan.engine.template;

import io.witan.engine.EngineException;
import java.util.List;

/** The tokens of a template while it is parsed. */
final class Tokens {
  private static final int MOST_DEPTH = 200;

  private final List<Token> tokens;
  private int position;
  private int depth;

  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(position);
  }

  boolean next(String operatorOrName) {
    return peek().is(operatorOrName);
  }

  boolean next(Token.Kind kind) {
    return peek().kind() == kind;
  }

  /** Whether the token after the next one is this. */
  boolean second(String operatorOrName) {
    return position + 1 < tokens.size() && tokens.get(position + 1).is(operatorOrName);
  }

  Token take() {
    var token = peek();
    if (token.kind() != Token.Kind.END) {
      position++;
    }
    return token;
  }

  boolean takeIf(String operatorOrName) {
    boolean found = next(operatorOrName);
    if (found) {
      take();
    }
    return found;
  }

  void expect(String operatorOrName) {
    if (!takeIf(operatorOrName)) {
      throw failure("expected '" + operatorOrName + "', found " + peek().quoted());
    }
  }

  Token expect(Token.Kind kind, String what) {
    if (!next(kind)) {
      throw failure("expected " + what + ", found " + peek().quoted());
    }
    return take();
  }

  String name() {
    return expect(Token.Kind.NAME, "a name").text();
  }

  /** Goes one level deeper; parsing is recursive, and the stack is not endless. */
  void enter() {
    if (++depth > MOST_DEPTH) {
      throw failure("it nests more than " + MOST_DEPTH + " levels");
    }
  }

  void leave() {
    depth--;
  }

  EngineException failure(String cause) {
    return new EngineException.TemplateFailure(
        "chat template, line " + peek().line() + ": " + cause);
  }
}
