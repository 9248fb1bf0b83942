package io.witan.documents.extraction.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Groups the lines of a page into paragraphs by distance, style, indentation and line ends. */
final class PdfParagraphs {

  private final Map<Integer, Column> columns = new HashMap<>();

  private PdfParagraphs() {}

  static List<PdfParagraph> of(PdfPage page) {
    var grouping = new PdfParagraphs();
    for (var line : page.lines()) {
      grouping.columns.computeIfAbsent(line.column(), c -> new Column()).lines.add(line);
    }
    grouping.columns.values().forEach(Column::measure);
    var paragraphs = new ArrayList<List<PdfLine>>();
    PdfLine before = null;
    for (var line : page.lines()) {
      if (before == null || grouping.isBreak(paragraphs.getLast(), before, line)) {
        paragraphs.add(new ArrayList<>());
      }
      paragraphs.getLast().add(line);
      before = line;
    }
    return paragraphs.stream().map(grouping::paragraph).toList();
  }

  private PdfParagraph paragraph(List<PdfLine> lines) {
    var first = lines.getFirst();
    var column = columns.getOrDefault(first.column(), new Column());
    return new PdfParagraph(List.copyOf(lines), column.isAligned(first));
  }

  private boolean isBreak(List<PdfLine> paragraph, PdfLine before, PdfLine line) {
    if (before.direction() != line.direction()
        || Math.abs(before.size() - line.size()) > 0.08f * before.size()
        || LineClues.startsItem(line.text())) {
      return true;
    }
    if (before.column() != line.column()) {
      return !goesOn(before, line);
    }
    var column = columns.getOrDefault(line.column(), new Column());
    float distance = line.baseline() - before.baseline();
    if (distance < 0 || distance > 1.3f * column.pitch(line)) {
      return true;
    }
    if (LineClues.endsInsideWord(before.text()) && Character.isLetter(line.text().codePointAt(0))) {
      return false; // whatever the weight of either part
    }
    if (before.bold() != line.bold() && startsStyle(column, before, line)) {
      return true;
    }
    boolean inItem = LineClues.startsItem(paragraph.getFirst().text());
    boolean indented = line.start() - before.start() > 0.8f * line.size();
    if (indented && !inItem && paragraph.size() > 1) {
      return true;
    }
    return column.hasRoomFor(before, line);
  }

  /** Bold words that run on to the next line are no heading of their own. */
  private static boolean startsStyle(Column column, PdfLine before, PdfLine line) {
    return before.bold()
        ? column.hasRoomFor(before, line)
        : !Character.isLowerCase(line.text().codePointAt(0)) && !runsOnBold(column, before, line);
  }

  /** Bold words that began before the end of a full line go on in the next one. */
  private static boolean runsOnBold(Column column, PdfLine before, PdfLine line) {
    return before.endsBold()
        && !LineClues.endsSentence(before.text())
        && !column.hasRoomFor(before, line);
  }

  /** A sentence that continues at the top of the next column. */
  private static boolean goesOn(PdfLine before, PdfLine line) {
    return !LineClues.endsSentence(before.text())
        && Character.isLowerCase(line.text().codePointAt(0))
        && before.text().length() > 20;
  }

  private static final class Column {
    final List<PdfLine> lines = new ArrayList<>();
    float pitch;
    float size;
    float left;
    float right;

    void measure() {
      var ends = lines.stream().map(PdfLine::end).sorted().toList();
      right = ends.get((int) ((ends.size() - 1) * 0.85));
      var starts = lines.stream().map(PdfLine::start).sorted().toList();
      left = starts.get((int) ((starts.size() - 1) * 0.15));
      var steps = new ArrayList<Float>();
      for (int i = 1; i < lines.size(); i++) {
        float step = lines.get(i).baseline() - lines.get(i - 1).baseline();
        if (step > 0.5f * lines.get(i).size() && step < 2.2f * lines.get(i).size()) {
          steps.add(step);
        }
      }
      steps.sort(null);
      var sizes = lines.stream().map(PdfLine::size).sorted().toList();
      size = sizes.get(sizes.size() / 2);
      pitch = steps.isEmpty() ? 0 : steps.get(steps.size() / 3);
    }

    /** At the left edge or in the middle of the column. */
    boolean isAligned(PdfLine line) {
      boolean centred =
          Math.abs((line.start() + line.end()) / 2 - (left + right) / 2) < 0.6f * line.size();
      return Math.abs(line.start() - left) < 0.6f * line.size() || centred;
    }

    private boolean isLarger(PdfLine line) {
      return line.size() > 1.1f * size;
    }

    float pitch(PdfLine line) {
      float usual = 1.2f * line.size();
      return pitch == 0 || isLarger(line)
          ? usual
          : Math.clamp(pitch, usual * 0.8f, line.size() * 1.9f);
    }

    /** The line ended although the next word would have fitted: that was meant. */
    boolean hasRoomFor(PdfLine before, PdfLine next) {
      if (isLarger(before)) {
        // headings are centred or set ragged
        return false;
      }
      float perChar = next.width() / Math.max(1, next.text().length());
      float word = perChar * (LineClues.firstWordLength(next.text()) + 1);
      float slack = LineClues.endsSentence(before.text()) ? 0.5f : 2f;
      return before.end() + word + slack * before.size() < right;
    }
  }
}
