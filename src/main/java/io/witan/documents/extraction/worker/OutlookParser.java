package io.witan.documents.extraction.worker;

import java.io.IOException;
import java.util.ArrayList;
import org.apache.poi.hsmf.MAPIMessage;
import org.apache.poi.hsmf.exceptions.ChunkNotFoundException;
import org.jspecify.annotations.Nullable;

/** Outlook messages: subject, people, date and body; attachments are named, not opened. */
final class OutlookParser implements Parser {

  @Override
  public String version() {
    return "outlook-1/poi-5.5";
  }

  @Override
  public void parse(Source source, LinearText out) throws IOException {
    try (var message = new MAPIMessage(source.path().toFile())) {
      message.setReturnNullOnMissingChunk(true);
      message.guess7BitEncoding();
      new EmailHeaders(
              value(message::getSubject),
              value(message::getDisplayFrom),
              value(message::getDisplayTo),
              value(message::getDisplayCC),
              date(message))
          .write(out);
      body(message, out);
      var attachments = new ArrayList<String>();
      for (var attachment : message.getAttachmentFiles()) {
        var name = attachment.getAttachLongFileName();
        name = name == null ? attachment.getAttachFileName() : name;
        if (name != null) {
          attachments.add(name.toString());
        }
      }
      EmailHeaders.attachments(attachments, out);
    }
  }

  private static void body(MAPIMessage message, LinearText out) {
    var html = value(message::getHtmlBody);
    var plain = value(message::getTextBody);
    if (html != null && !html.isBlank()) {
      HtmlParser.readBody(html, out);
    } else if (plain != null) {
      PlainTextParser.read(plain, out);
    }
  }

  private static @Nullable String date(MAPIMessage message) {
    try {
      var date = message.getMessageDate();
      return date == null ? null : date.toInstant().toString();
    } catch (ChunkNotFoundException e) {
      return null;
    }
  }

  private static @Nullable String value(Field field) {
    try {
      return field.get();
    } catch (ChunkNotFoundException e) {
      return null;
    }
  }

  private interface Field {
    @Nullable String get() throws ChunkNotFoundException;
  }
}
