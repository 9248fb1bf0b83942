package io.witan.engine.tokenizer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/**
 * Turns tokens into text as they come. A character whose bytes are spread over several tokens is
 * held back until it is whole; bytes that are no UTF-8 become U+FFFD. For one sequence.
 */
public final class Detokenizer {
  private static final int MOST_PENDING = 4;

  private final Tokenizer tokenizer;
  private final IntPredicate showsControl;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer pending = ByteBuffer.allocate(MOST_PENDING).limit(0);

  /**
   * @param showsControl whether the name of a control token is to be part of the text
   */
  Detokenizer(Tokenizer tokenizer, IntPredicate showsControl) {
    this.tokenizer = tokenizer;
    this.showsControl = showsControl;
  }

  /** The text that is certain now; empty for a control token or half a character. */
  public String accept(int id) {
    if (tokenizer.isControl(id) && !showsControl.test(id)) {
      return "";
    }
    byte[] bytes = tokenizer.bytes(id);
    var input = ByteBuffer.allocate(pending.remaining() + bytes.length);
    input.put(pending).put(bytes).flip();
    var output = CharBuffer.allocate(input.remaining() + 1);
    decoder.decode(input, output, false);
    pending = input;
    return output.flip().toString();
  }

  /** What is left at the end: U+FFFD if that is half a character. */
  public String finish() {
    var output = CharBuffer.allocate(pending.remaining() + 1);
    decoder.decode(pending, output, true);
    decoder.flush(output);
    decoder.reset();
    pending = ByteBuffer.allocate(MOST_PENDING).limit(0);
    return output.flip().toString();
  }
}
