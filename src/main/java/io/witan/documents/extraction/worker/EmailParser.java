package io.witan.documents.extraction.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.field.LenientFieldParser;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.jspecify.annotations.Nullable;

/** E-mail files: subject, people, date and body; attachments are named, not opened. */
final class EmailParser implements Parser {

  private static final int MAX_PARTS_DEEP = 20;

  @Override
  public String version() {
    return "email-1/mime4j-0.8";
  }

  @Override
  public void parse(Source source, LinearText out) throws IOException {
    var builder = new DefaultMessageBuilder();
    builder.setMimeEntityConfig(
        MimeConfig.custom().setMaxLineLen(1 << 20).setMaxHeaderLen(1 << 20).build());
    builder.setFieldParser(LenientFieldParser.getParser());
    try (var stream = Files.newInputStream(source.path())) {
      var message = builder.parseMessage(stream);
      try {
        var headers =
            new EmailHeaders(
                message.getSubject(),
                header(message, "From"),
                header(message, "To"),
                header(message, "Cc"),
                header(message, "Date"));
        headers.write(out);
        var attachments = new ArrayList<String>();
        body(message, out, attachments, 0);
        EmailHeaders.attachments(attachments, out);
      } finally {
        message.dispose();
      }
    }
  }

  private static @Nullable String header(Message message, String name) {
    var field = message.getHeader().getField(name);
    return field == null
        ? null
        : org.apache.james.mime4j.codec.DecoderUtil.decodeEncodedWords(
            field.getBody(), org.apache.james.mime4j.codec.DecodeMonitor.SILENT);
  }

  private static void body(Entity part, LinearText out, List<String> attachments, int depth)
      throws IOException {
    if (depth > MAX_PARTS_DEEP) {
      return;
    }
    var name = part.getFilename();
    if (name != null || "attachment".equalsIgnoreCase(part.getDispositionType())) {
      attachments.add(name == null ? part.getMimeType() : name);
      return;
    }
    var content = part.getBody();
    if (content == null) {
      return;
    }
    switch (content) {
      case Multipart multipart -> parts(part, multipart, out, attachments, depth);
      case Message forwarded -> {
        out.paragraph("Forwarded: " + String.valueOf(forwarded.getSubject()));
        body(forwarded, out, attachments, depth + 1);
      }
      case SingleBody single -> text(part, single, out);
      default -> {}
    }
  }

  private static void parts(
      Entity part, Multipart multipart, LinearText out, List<String> attachments, int depth)
      throws IOException {
    if (!"multipart/alternative".equalsIgnoreCase(part.getMimeType())) {
      for (var inner : multipart.getBodyParts()) {
        body(inner, out, attachments, depth + 1);
      }
      return;
    }
    // the same words twice: HTML keeps the structure, so it comes first
    for (var wanted : List.of("text/html", "multipart/related", "text/plain")) {
      for (var inner : multipart.getBodyParts()) {
        if (wanted.equalsIgnoreCase(inner.getMimeType())) {
          body(inner, out, attachments, depth + 1);
          return;
        }
      }
    }
    if (!multipart.getBodyParts().isEmpty()) {
      body(multipart.getBodyParts().getFirst(), out, attachments, depth + 1);
    }
  }

  private static void text(Entity part, SingleBody body, LinearText out) throws IOException {
    if (!part.getMimeType().startsWith("text/")) {
      return;
    }
    byte[] bytes;
    try (var stream = body.getInputStream()) {
      bytes = stream.readAllBytes();
    }
    var text = decode(bytes, part.getCharset());
    if ("text/html".equalsIgnoreCase(part.getMimeType())) {
      HtmlParser.readBody(text, out);
    } else {
      PlainTextParser.read(text, out);
    }
  }

  private static String decode(byte[] bytes, @Nullable String charset) {
    try {
      return charset == null || "us-ascii".equalsIgnoreCase(charset)
          ? TextCharset.decode(bytes)
          : new String(bytes, java.nio.charset.Charset.forName(charset));
    } catch (IllegalArgumentException e) {
      return TextCharset.decode(bytes);
    }
  }
}
