package io.witan.documents.extraction.worker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The head of a message, the same for every e-mail format. */
record EmailHeaders(
    @Nullable String subject,
    @Nullable String from,
    @Nullable String to,
    @Nullable String copy,
    @Nullable String date) {

  void write(LinearText out) {
    out.title(subject);
    out.heading(1, subject == null ? "" : subject);
    var lines = new StringBuilder();
    line("From", from, lines);
    line("To", to, lines);
    line("Cc", copy, lines);
    line("Date", date, lines);
    out.paragraph(lines);
  }

  static void attachments(List<String> names, LinearText out) {
    if (!names.isEmpty()) {
      out.paragraph("Attachments: " + String.join(", ", names));
    }
  }

  private static void line(String label, @Nullable String value, StringBuilder lines) {
    if (value != null && !value.isBlank()) {
      lines.append(label).append(": ").append(CleanText.line(value)).append('\n');
    }
  }
}
