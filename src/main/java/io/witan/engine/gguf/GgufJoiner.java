package io.witan.engine.gguf;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Writes all parts of a split file as one; tensors stay bit for bit what they are. */
public final class GgufJoiner {
  private static final long PIECE_BYTES = 8L << 20;

  private final LongConsumer progress;
  private long written;

  private GgufJoiner(LongConsumer progress) {
    this.progress = progress;
  }

  /**
   * Writes a new file, or over an old one.
   *
   * @param progress told how many bytes of tensors are written; what it throws ends the writing
   * @throws io.witan.engine.EngineException if it cannot be written
   */
  public static void join(GgufFile parts, Path out, LongConsumer progress) {
    var joiner = new GgufJoiner(progress);
    var writer = new GgufWriter();
    for (String key : parts.metadata().keys()) {
      if (!key.startsWith("split.") && !key.equals(GgufPart.ALIGNMENT_KEY)) {
        writer.copy(parts.metadata(), key);
      }
    }
    for (var tensor : parts.tensors()) {
      writer.tensor(
          tensor.name(), tensor.shape(), tensor.format(), channel -> joiner.copy(tensor, channel));
    }
    writer.write(out);
  }

  private void copy(GgufTensor tensor, WritableByteChannel channel) throws IOException {
    var data = tensor.data();
    for (long at = 0; at < data.byteSize(); at += PIECE_BYTES) {
      long bytes = Math.min(PIECE_BYTES, data.byteSize() - at);
      var piece = data.asSlice(at, bytes).asByteBuffer(); // a buffer ends at 2 GiB
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
      written += bytes;
      progress.accept(written);
    }
  }
}
