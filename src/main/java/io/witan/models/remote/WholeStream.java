package io.witan.models.remote;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Server-sent events that have to end with {@code data: [DONE]}: an end before it is a failure, and
 * not a shorter answer.
 */
final class WholeStream extends FilterInputStream {
  private static final byte[] LAST = {'[', 'D', 'O', 'N', 'E', ']'};
  private int matched;
  private boolean isWhole;

  WholeStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read < 0 && !isWhole) {
      throw new EOFException("the stream ended before its end");
    }
    for (int i = 0; i < read; i++) {
      matched =
          buffer[offset + i] == LAST[matched] ? matched + 1 : buffer[offset + i] == '[' ? 1 : 0;
      if (matched == LAST.length) {
        isWhole = true;
        matched = 0;
      }
    }
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
