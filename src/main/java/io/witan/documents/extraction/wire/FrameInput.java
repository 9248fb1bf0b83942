package io.witan.documents.extraction.wire;

import io.witan.documents.extraction.Block;
import io.witan.documents.extraction.DocumentFormat;
import io.witan.documents.extraction.ExtractedDocument;
import io.witan.documents.extraction.ExtractionLimits;
import io.witan.documents.extraction.ExtractionWarning;
import io.witan.documents.extraction.LineBox;
import io.witan.documents.extraction.PageLayout;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads frames as {@link FrameOutput} writes them; trusts no length it reads. */
public final class FrameInput implements AutoCloseable {

  private static final int MAX_FRAME_BYTES = 512 << 20;

  private final DataInputStream stream;

  public FrameInput(InputStream stream) {
    this.stream = new DataInputStream(new BufferedInputStream(stream));
  }

  /** The next frame, or null at the end of the stream. */
  public @Nullable Frame read() throws IOException {
    int length;
    try {
      length = stream.readInt();
    } catch (EOFException e) {
      return null;
    }
    if (length < 1 || length > MAX_FRAME_BYTES) {
      throw new IOException("a frame of " + length + " bytes");
    }
    var bytes = stream.readNBytes(length);
    if (bytes.length < length) {
      return null;
    }
    return frame(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  private static Frame frame(DataInputStream in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case FrameKind.READY -> new Frame.Ready();
      case FrameKind.REQUEST -> new Frame.Request(Path.of(string(in)), string(in), limits(in));
      case FrameKind.PROGRESS -> new Frame.Progress(in.readInt());
      case FrameKind.DONE -> new Frame.Done(document(in));
      case FrameKind.FAILED -> new Frame.Failed(string(in), string(in));
      default -> throw new IOException("a frame of unknown kind " + kind);
    };
  }

  private static ExtractionLimits limits(DataInputStream in) throws IOException {
    return new ExtractionLimits(
        Duration.ofMillis(in.readLong()), in.readLong(), in.readInt(), in.readLong(), in.readInt());
  }

  private static ExtractedDocument document(DataInputStream in) throws IOException {
    boolean hasTitle = in.readBoolean();
    var title = string(in);
    var mediaType = string(in);
    var format = DocumentFormat.valueOf(string(in));
    var extractor = string(in);
    var text = string(in);
    return new ExtractedDocument(
        hasTitle ? title : null,
        mediaType,
        format,
        extractor,
        text,
        blocks(in),
        pages(in),
        warnings(in));
  }

  private static List<Block> blocks(DataInputStream in) throws IOException {
    int count = count(in);
    var blocks = new ArrayList<Block>(count);
    for (int i = 0; i < count; i++) {
      blocks.add(
          new Block(Block.Kind.valueOf(string(in)), in.readByte(), in.readInt(), in.readInt()));
    }
    return blocks;
  }

  private static List<PageLayout> pages(DataInputStream in) throws IOException {
    int count = count(in);
    var pages = new ArrayList<PageLayout>(count);
    for (int i = 0; i < count; i++) {
      pages.add(
          new PageLayout(
              in.readInt(), in.readFloat(), in.readFloat(), in.readInt(), in.readInt(), lines(in)));
    }
    return pages;
  }

  private static List<LineBox> lines(DataInputStream in) throws IOException {
    int count = count(in);
    var lines = new ArrayList<LineBox>(count);
    for (int i = 0; i < count; i++) {
      lines.add(
          new LineBox(
              in.readInt(),
              in.readInt(),
              in.readFloat(),
              in.readFloat(),
              in.readFloat(),
              in.readFloat()));
    }
    return lines;
  }

  private static List<ExtractionWarning> warnings(DataInputStream in) throws IOException {
    int count = count(in);
    var warnings = new ArrayList<ExtractionWarning>(count);
    for (int i = 0; i < count; i++) {
      warnings.add(new ExtractionWarning(string(in), string(in)));
    }
    return warnings;
  }

  private static String string(DataInputStream in) throws IOException {
    int length = count(in);
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  /** No element is smaller than a byte, so a count cannot exceed what is left of the frame. */
  private static int count(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available()) {
      throw new IOException("a frame with " + count + " elements");
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
