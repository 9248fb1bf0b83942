package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.Block;
import io.witan.documents.extraction.ExtractedDocument;
import io.witan.documents.extraction.ExtractionWarning;
import io.witan.documents.extraction.LineBox;
import io.witan.documents.extraction.PageLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the linear text of a document and keeps all ranges consistent with it. */
final class LinearText {

  private final int maxChars;
  private final StringBuilder text = new StringBuilder();
  private final List<Block> blocks = new ArrayList<>();
  private final List<PageLayout> pages = new ArrayList<>();
  private final List<ExtractionWarning> warnings = new ArrayList<>();
  private List<LineBox> lines = new ArrayList<>();
  private @Nullable String title;

  private Block.@Nullable Kind openKind;
  private int openLevel;
  private int openStart;

  private boolean inPage;
  private float pageWidth;
  private float pageHeight;
  private int pageStart = -1;

  LinearText(int maxChars) {
    this.maxChars = maxChars;
  }

  /** The first title that is not blank wins. */
  void title(@Nullable String candidate) {
    if (title == null && candidate != null) {
      var clean = CleanText.line(candidate);
      title = clean.isEmpty() ? null : clean.substring(0, safeCut(clean, 300));
    }
  }

  void warn(String code, String detail) {
    var warning = new ExtractionWarning(code, detail);
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  /** Adds a block of cleaned text; line feeds stay; blank content is ignored. */
  void block(Block.Kind kind, int level, CharSequence raw) {
    var content = kind == Block.Kind.CODE ? CleanText.verbatim(raw) : CleanText.lines(raw);
    if (!content.isBlank()) {
      open(kind, level);
      append(content);
      close();
    }
  }

  void heading(int level, CharSequence raw) {
    block(Block.Kind.HEADING, Math.clamp(level, 1, 6), CleanText.line(raw));
  }

  void paragraph(CharSequence raw) {
    block(Block.Kind.PARAGRAPH, 0, raw);
  }

  /** Starts a block whose already clean text follows by {@link #append}. */
  void open(Block.Kind kind, int level) {
    close();
    if (!text.isEmpty()) {
      var last = blocks.isEmpty() ? null : blocks.getLast().kind();
      append(kind == Block.Kind.LIST_ITEM && last == Block.Kind.LIST_ITEM ? "\n" : "\n\n");
    }
    openKind = kind;
    openLevel = level;
    openStart = text.length();
    if (inPage && pageStart < 0) {
      pageStart = openStart;
    }
  }

  void append(CharSequence clean) {
    int room = maxChars - text.length();
    if (clean.length() > room) {
      text.append(clean, 0, safeCut(clean, room));
      throw new TextLimitReached(maxChars);
    }
    text.append(clean);
  }

  void close() {
    if (openKind != null && text.length() > openStart) {
      blocks.add(new Block(openKind, openLevel, openStart, text.length()));
    }
    openKind = null;
  }

  /** Where the next character will stand. */
  int position() {
    return text.length();
  }

  /** Takes back a hyphen at a line's end; the box of its line ends before it. */
  void dropHyphen() {
    text.setLength(text.length() - 1);
    var box = lines.removeLast();
    lines.add(new LineBox(box.start(), text.length(), box.x(), box.y(), box.width(), box.height()));
  }

  void beginPage(float width, float height) {
    endPage();
    inPage = true;
    pageWidth = width;
    pageHeight = height;
    pageStart = -1;
  }

  void line(LineBox box) {
    lines.add(box);
  }

  void endPage() {
    close();
    if (!inPage) {
      return;
    }
    int end = text.length();
    int start = pageStart < 0 ? end : Math.min(pageStart, end);
    pages.add(new PageLayout(pages.size() + 1, pageWidth, pageHeight, start, end, lines));
    lines = new ArrayList<>();
    inPage = false;
  }

  boolean isEmpty() {
    return blocks.isEmpty() && openKind == null;
  }

  ExtractedDocument finish(DetectedType type, String extractor) {
    endPage();
    trimAfterCut();
    return new ExtractedDocument(
        title,
        type.mediaType(),
        type.format(),
        extractor,
        text.toString(),
        blocks,
        pages,
        warnings);
  }

  /** A cut may leave a separator without a block behind it. */
  private void trimAfterCut() {
    int end = blocks.isEmpty() ? 0 : blocks.getLast().end();
    if (text.length() > end) {
      text.setLength(end);
      pages.replaceAll(
          p ->
              new PageLayout(
                  p.number(),
                  p.width(),
                  p.height(),
                  Math.min(p.start(), end),
                  Math.min(p.end(), end),
                  p.lines()));
    }
  }

  private static int safeCut(CharSequence value, int at) {
    if (at >= value.length()) {
      return value.length();
    }
    return at > 0 && Character.isHighSurrogate(value.charAt(at - 1)) ? at - 1 : Math.max(at, 0);
  }
}
