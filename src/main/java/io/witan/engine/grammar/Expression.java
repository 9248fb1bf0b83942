package io.witan.engine.grammar;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/** What a rule of a grammar says. */
sealed interface Expression {
  /** The empty text. */
  Expression EMPTY = new Sequence(List.of());

  /** Stands in no text of UTF-8. */
  int CONTROL_BYTE = 0xFF;

  /** Only that byte. */
  BitSet CONTROL = only(CONTROL_BYTE);

  private static BitSet only(int unsignedByte) {
    var set = new BitSet(256);
    set.set(unsignedByte);
    return set;
  }

  /** A text as it stands. */
  record Text(String value) implements Expression {}

  /** One character of a set. */
  record Characters(CharacterSet set) implements Expression {}

  /** One byte of a set, whether or not it makes a character. */
  record Bytes(BitSet set) implements Expression {}

  /** One after the other. */
  record Sequence(List<Expression> parts) implements Expression {
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /** One of these. */
  record Choice(List<Expression> options) implements Expression {
    public Choice {
      options = List.copyOf(options);
    }
  }

  /**
   * The same several times.
   *
   * @param most -1 for any number
   */
  record Repeat(Expression part, int least, int most) implements Expression {}

  /** What another rule says. */
  record Reference(String rule) implements Expression {}

  static Expression text(String value) {
    return new Text(value);
  }

  static Expression sequence(Expression... parts) {
    return new Sequence(List.of(parts));
  }

  static Expression choice(Expression... options) {
    return new Choice(List.of(options));
  }

  static Expression choice(List<Expression> options) {
    return options.size() == 1 ? options.getFirst() : new Choice(options);
  }

  static Expression optional(Expression part) {
    return new Repeat(part, 0, 1);
  }

  /**
   * A control token: in the vocabulary's texts its name stands between bytes that no text has, so
   * that nothing else can be mistaken for it.
   */
  static Expression control(String name) {
    return sequence(new Bytes(CONTROL), text(name), new Bytes(CONTROL));
  }

  /** The bytes of a control token. */
  static byte[] controlBytes(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[text.length + 2];
    System.arraycopy(text, 0, bytes, 1, text.length);
    bytes[0] = (byte) CONTROL_BYTE;
    bytes[bytes.length - 1] = (byte) CONTROL_BYTE;
    return bytes;
  }

  /** The same, with a prefix to the names of all rules that it speaks of. */
  default Expression renamed(String prefix) {
    return switch (this) {
      case Text text -> text;
      case Characters characters -> characters;
      case Bytes bytes -> bytes;
      case Sequence sequence ->
          new Sequence(sequence.parts.stream().map(part -> part.renamed(prefix)).toList());
      case Choice choice ->
          new Choice(choice.options.stream().map(option -> option.renamed(prefix)).toList());
      case Repeat repeat -> new Repeat(repeat.part.renamed(prefix), repeat.least, repeat.most);
      case Reference reference -> new Reference(prefix + reference.rule);
    };
  }

  /** One of the characters of a set written as in a regular expression, such as {@code a-z_}. */
  static Expression of(String set) {
    return new Characters(CharacterSet.of(set));
  }
}
