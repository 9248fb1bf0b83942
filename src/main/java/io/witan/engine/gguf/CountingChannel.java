package io.witan.engine.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Gathers small writes and knows how many bytes went by. */
final class CountingChannel implements WritableByteChannel {
  private final WritableByteChannel target;
  private final ByteBuffer gathered;
  private long position;

  CountingChannel(WritableByteChannel target, int bufferBytes) {
    this.target = target;
    this.gathered = ByteBuffer.allocateDirect(bufferBytes);
  }

  long position() {
    return position;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int bytes = source.remaining();
    if (bytes > gathered.remaining()) {
      flush();
    }
    if (bytes > gathered.remaining()) {
      writeFully(source);
    } else {
      gathered.put(source);
    }
    position += bytes;
    return bytes;
  }

  /** Zeros up to the next multiple of the alignment, a power of two. */
  void pad(int alignment) throws IOException {
    write(ByteBuffer.allocate((int) (-position & (alignment - 1))));
  }

  @Override
  public boolean isOpen() {
    return target.isOpen();
  }

  @Override
  public void close() throws IOException {
    flush();
    target.close();
  }

  private void flush() throws IOException {
    writeFully(gathered.flip());
    gathered.clear();
  }

  private void writeFully(ByteBuffer source) throws IOException {
    while (source.hasRemaining()) {
      target.write(source);
    }
  }
}
