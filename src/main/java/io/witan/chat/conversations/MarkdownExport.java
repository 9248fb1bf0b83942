package io.witan.chat.conversations;

import io.witan.chat.AnswerMode;
import io.witan.chat.Citation;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a conversation as a Markdown file, from what its reader may see of it now. */
final class MarkdownExport {
  static final String MEDIA_TYPE = "text/markdown;charset=UTF-8";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

  /** The words of the file. */
  private enum Words {
    ENGLISH(
        "This part is no longer available to you.",
        "Not in the searched documents.",
        "page",
        "revision"),
    CHINESE("您已无法查看此部分内容。", "所搜索的文档中没有相关内容。", "页", "版本");

    private final String redacted;
    private final String abstained;
    private final String page;
    private final String revision;

    Words(String redacted, String abstained, String page, String revision) {
      this.redacted = redacted;
      this.abstained = abstained;
      this.page = page;
      this.revision = revision;
    }

    static Words of(Locale locale) {
      return locale.getLanguage().equals("zh") ? CHINESE : ENGLISH;
    }
  }

  private MarkdownExport() {}

  /** The title without what a file system may refuse. */
  static String fileName(Conversation conversation) {
    var name = conversation.title().replaceAll("[\\p{Cntrl}\\\\/:*?\"<>|.]+", " ").strip();
    return (name.isEmpty() ? "conversation" : name) + ".md";
  }

  static String of(Conversation conversation, Locale locale) {
    var words = Words.of(locale);
    var out = new StringBuilder();
    out.append("# ").append(plain(conversation.title())).append("\n");
    for (var message : conversation.messages()) {
      if (message.role() == Message.Role.QUESTION) {
        out.append("\n## ").append(plain(String.valueOf(message.text()))).append("\n");
      } else {
        answer(out, message, words);
      }
    }
    return out.toString();
  }

  private static void answer(StringBuilder out, Message message, Words words) {
    if (message.mode() == AnswerMode.ABSTAINED) {
      out.append("\n*").append(words.abstained).append("*\n");
    }
    for (var block : message.blocks()) {
      var numbers =
          block.citations().stream().map(n -> "\\[" + n + "\\]").collect(Collectors.joining(" "));
      switch (block.kind()) {
        case REDACTED -> out.append("\n*").append(words.redacted).append("*\n");
        case QUOTE ->
            out.append("\n> ")
                .append(block.text().replace("\n", "\n> "))
                .append("\n>\n> — ")
                .append(numbers)
                .append("\n");
        case TEXT -> out.append("\n").append(block.text()).append("\n");
      }
    }
    out.append("\n");
    for (var citation : message.citations()) {
      if (!citation.redacted()) {
        source(out, citation, words);
      }
    }
  }

  private static void source(StringBuilder out, Citation citation, Words words) {
    out.append("- \\[").append(citation.number()).append("\\] ").append(plain(citation.title()));
    if (!citation.heading().isEmpty()) {
      out.append(" › ").append(plain(citation.heading()));
    }
    if (citation.page() != null) {
      out.append(", ").append(words.page).append(" ").append(citation.page());
    }
    out.append(", ").append(words.revision).append(" ").append(citation.revision());
    if (citation.uploadedAt() != null) {
      out.append(", ").append(DAY.format(citation.uploadedAt()));
    }
    out.append("\n");
  }

  /** One line of text in which no character formats. */
  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("([\\\\`*_{}\\[\\]<>|~&#])", "\\\\$1");
  }
}
