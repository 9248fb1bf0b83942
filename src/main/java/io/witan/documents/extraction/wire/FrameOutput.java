package io.witan.documents.extraction.wire;

import io.witan.documents.extraction.ExtractedDocument;
import io.witan.documents.extraction.PageLayout;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes frames: length (int), kind (byte), then the fields in order, strings as UTF-8. */
public final class FrameOutput implements AutoCloseable {

  private final OutputStream stream;

  public FrameOutput(OutputStream stream) {
    this.stream = stream;
  }

  public synchronized void write(Frame frame) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeInt(0);
    switch (frame) {
      case Frame.Ready ready -> out.writeByte(FrameKind.READY);
      case Frame.Request request -> request(request, out);
      case Frame.Progress progress -> {
        out.writeByte(FrameKind.PROGRESS);
        out.writeInt(progress.percent());
      }
      case Frame.Done done -> {
        out.writeByte(FrameKind.DONE);
        document(done.document(), out);
      }
      case Frame.Ended ended -> throw new IllegalArgumentException("not a message");
      case Frame.Failed failed -> {
        out.writeByte(FrameKind.FAILED);
        string(failed.code(), out);
        string(failed.message(), out);
      }
    }
    send(bytes.toByteArray());
  }

  private void send(byte[] frame) throws IOException {
    int length = frame.length - Integer.BYTES;
    for (int i = 0; i < Integer.BYTES; i++) {
      frame[i] = (byte) (length >>> (24 - 8 * i));
    }
    stream.write(frame);
    stream.flush();
  }

  private static void request(Frame.Request request, DataOutputStream out) throws IOException {
    out.writeByte(FrameKind.REQUEST);
    string(request.path().toString(), out);
    string(request.fileName(), out);
    var limits = request.limits();
    out.writeLong(limits.timeout().toMillis());
    out.writeLong(limits.heapBytes());
    out.writeInt(limits.maxTextChars());
    out.writeLong(limits.maxUnpackedBytes());
    out.writeInt(limits.maxDepth());
  }

  private static void document(ExtractedDocument document, DataOutputStream out)
      throws IOException {
    var title = document.title();
    out.writeBoolean(title != null);
    string(title == null ? "" : title, out);
    string(document.mediaType(), out);
    string(document.format().name(), out);
    string(document.extractor(), out);
    string(document.text(), out);
    out.writeInt(document.blocks().size());
    for (var block : document.blocks()) {
      string(block.kind().name(), out);
      out.writeByte(block.level());
      out.writeInt(block.start());
      out.writeInt(block.end());
    }
    out.writeInt(document.pages().size());
    for (var page : document.pages()) {
      page(page, out);
    }
    out.writeInt(document.warnings().size());
    for (var warning : document.warnings()) {
      string(warning.code(), out);
      string(warning.detail(), out);
    }
  }

  private static void page(PageLayout page, DataOutputStream out) throws IOException {
    out.writeInt(page.number());
    out.writeFloat(page.width());
    out.writeFloat(page.height());
    out.writeInt(page.start());
    out.writeInt(page.end());
    out.writeInt(page.lines().size());
    for (var line : page.lines()) {
      out.writeInt(line.start());
      out.writeInt(line.end());
      out.writeFloat(line.x());
      out.writeFloat(line.y());
      out.writeFloat(line.width());
      out.writeFloat(line.height());
    }
  }

  private static void string(String value, DataOutputStream out) throws IOException {
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
