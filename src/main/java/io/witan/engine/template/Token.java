package io.witan.engine.template;

/**
 * A piece of a template.
 *
 * @param text of {@code STRING} the content, of others what the source says
 */
record Token(Kind kind, String text, int line) {
  enum Kind {
    /** Text between tags. */
    DATA,
    OUTPUT_BEGIN,
    OUTPUT_END,
    BLOCK_BEGIN,
    BLOCK_END,
    NAME,
    STRING,
    WHOLE,
    REAL,
    OPERATOR,
    END
  }

  boolean is(String operatorOrName) {
    return (kind == Kind.OPERATOR || kind == Kind.NAME) && text.equals(operatorOrName);
  }

  /** As messages quote it. */
  String quoted() {
    return switch (kind) {
      case END -> "the end";
      case OUTPUT_END, BLOCK_END -> "the end of the tag";
      case DATA, OUTPUT_BEGIN, BLOCK_BEGIN -> "text";
      case NAME, STRING, WHOLE, REAL, OPERATOR -> "'" + text + "'";
    };
  }
}
