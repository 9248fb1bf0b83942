package io.witan.documents.extraction.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What size and weight mean in one document: body text and levels of headings. */
final class PdfStyles {

  private static final double LARGER = 1.12;
  private static final double MUCH_LARGER = 1.4;
  private static final int MAX_LEVEL = 4;
  private static final int MAX_HEADING_CHARS = 160;
  private static final int MAX_HEADING_LINES = 3;

  private final float bodySize;
  private final boolean bodyBold;
  private final List<Float> headingSizes = new ArrayList<>();

  PdfStyles(List<PdfPage> pages) {
    Map<Float, Integer> charsBySize = new HashMap<>();
    int bold = 0;
    int all = 0;
    for (var page : pages) {
      for (var line : page.lines()) {
        charsBySize.merge(rounded(line.size()), line.text().length(), Integer::sum);
        bold += line.bold() ? line.text().length() : 0;
        all += line.text().length();
      }
    }
    bodySize =
        charsBySize.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse(10f);
    bodyBold = bold * 2 > all;
    var larger = new TreeMap<>(charsBySize).descendingMap();
    for (float size : larger.keySet()) {
      boolean isNew = headingSizes.isEmpty() || headingSizes.getLast() - size > 0.6f;
      if (size >= LARGER * bodySize && isNew) {
        headingSizes.add(size);
      }
    }
  }

  /** 1–4 for a heading, else 0. */
  int headingLevel(PdfParagraph paragraph, String text) {
    var lines = paragraph.lines();
    var first = lines.getFirst();
    long letters = text.codePoints().filter(Character::isLetter).count();
    if (text.length() > MAX_HEADING_CHARS
        || lines.size() > MAX_HEADING_LINES
        || letters < 2
        || letters * 2 < text.length() - text.chars().filter(c -> c == ' ').count()) {
      return 0;
    }
    if (first.size() >= LARGER * bodySize
        && (paragraph.aligned() || first.size() >= MUCH_LARGER * bodySize)) {
      int rank = 0;
      while (rank < headingSizes.size() - 1 && headingSizes.get(rank) - first.size() > 0.6f) {
        rank++;
      }
      return Math.min(rank + 1, MAX_LEVEL);
    }
    boolean allBold = lines.stream().allMatch(PdfLine::bold);
    int begin = text.codePointAt(0);
    boolean beginsWell = !Character.isLowerCase(begin) && Character.isLetterOrDigit(begin);
    boolean endsOpen = ".,;。，；".indexOf(text.codePointBefore(text.length())) < 0;
    return allBold
            && beginsWell
            && !bodyBold
            && endsOpen
            && paragraph.aligned()
            && first.size() >= 0.95f * bodySize
        ? Math.min(headingSizes.size() + 1, MAX_LEVEL)
        : 0;
  }

  private static float rounded(float size) {
    return Math.round(size * 2) / 2f;
  }
}
