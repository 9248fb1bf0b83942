package io.witan.chat.quotes;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.FilteredBreakIteratorBuilder;
import com.ibm.icu.util.ULocale;
import io.witan.chat.quotes.TextUnit.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts passages into sentences, lists and table rows.
 *
 * <p>Sentences end at line feeds and where ICU says so, which knows Chinese ends; abbreviations do
 * not end one. A short list is a unit with its introduction, and so is what else a colon announces.
 * Offsets are UTF-16 code units of the passage's text.
 */
final class TextUnits {
  /** A list longer than this is quoted by its sentences only. */
  private static final int MAX_LIST = 900;

  /** A sentence longer than this is cut at a space or comma: it is no sentence, but text dumped. */
  private static final int MAX_SENTENCE = 700;

  /** An introduction longer than this stays out of its list. */
  private static final int MAX_INTRODUCTION = 240;

  /** What ICU's own list lacks. */
  private static final List<String> ABBREVIATIONS =
      List.of(
          "Dr.", "Mr.", "Mrs.", "Ms.", "Prof.", "St.", "Sr.", "Jr.", "No.", "Nos.", "Fig.", "Sec.",
          "Art.", "approx.", "vs.", "e.g.", "i.e.", "cf.", "Inc.", "Ltd.", "Co.", "Corp.", "Pvt.",
          "pp.", "p.");

  /** ICU leaves an opening quotation mark with the sentence before it. */
  private static final String OPENING = "“‘「『（《〈【(";

  private final String text;
  private final BreakIterator sentences;
  private final List<TextUnit> units = new ArrayList<>();

  private TextUnits(String text, String language) {
    this.text = text;
    this.sentences = sentences(language);
  }

  /**
   * The units of a passage in order. The sentences of a short list come twice, alone and with it.
   *
   * @param headingPath headings above the passage, joined by " › "
   */
  static List<TextUnit> of(String text, String language, String headingPath) {
    var cutter = new TextUnits(text, language);
    cutter.cut(TextLine.of(text, headings(headingPath)));
    return List.copyOf(cutter.units);
  }

  private static Set<String> headings(String headingPath) {
    var headings = new HashSet<String>();
    for (String heading : headingPath.split(" › ", -1)) {
      headings.add(heading.strip().toLowerCase(Locale.ROOT));
    }
    return headings;
  }

  private static BreakIterator sentences(String language) {
    var locale = language.equals("zh") ? ULocale.CHINESE : ULocale.ENGLISH;
    var plain = BreakIterator.getSentenceInstance(locale);
    if (language.equals("zh")) {
      return plain;
    }
    var filter = FilteredBreakIteratorBuilder.getInstance(locale);
    ABBREVIATIONS.forEach(filter::suppressBreakAfter);
    return filter.wrapIteratorWithFilter(plain);
  }

  private void cut(List<TextLine> lines) {
    int i = 0;
    while (i < lines.size()) {
      int next = i + 1;
      var line = lines.get(i);
      switch (line.kind()) {
        case BLANK -> {}
        case HEADING -> units.add(TextUnit.of(Kind.HEADING, line.start(), line.end()));
        case ROW -> {
          next = rowsEnd(lines, i);
          rows(lines.subList(i, next));
        }
        case PROSE, ITEM -> {
          next = listEnd(lines, i);
          lines(lines.subList(i, next).stream().filter(l -> !l.isBlank()).toList());
        }
      }
      i = next;
    }
  }

  private static int rowsEnd(List<TextLine> lines, int from) {
    int end = from + 1;
    while (end < lines.size() && lines.get(end).kind() == TextLine.Kind.ROW) {
      end++;
    }
    return end;
  }

  /**
   * The index after the lines that belong together: extracted text has a line feed between the
   * items of a list and a blank line between paragraphs; numbered items may be paragraphs too.
   */
  private static int listEnd(List<TextLine> lines, int from) {
    int end = from + 1;
    for (int i = from + 1; i < lines.size(); i++) {
      var line = lines.get(i);
      boolean adjacent = i == end;
      boolean item = line.kind() == TextLine.Kind.ITEM;
      if (item && (adjacent || lines.get(end - 1).kind() == TextLine.Kind.ITEM)) {
        end = i + 1;
      } else if (line.kind() == TextLine.Kind.PROSE && adjacent) {
        end = i + 1;
      } else if (!line.isBlank()) {
        break;
      }
    }
    return end;
  }

  private void lines(List<TextLine> lines) {
    var first = lines.getFirst();
    if (lines.size() == 1 && first.kind() == TextLine.Kind.PROSE) {
      paragraph(first);
    } else {
      list(lines);
    }
  }

  /** A command or sentence that the one before announces with a colon is quoted with it. */
  private void paragraph(TextLine line) {
    int start = introduction(line.start());
    int before = units.size();
    sentencesOf(line.start(), line.end());
    if (start < line.start() && units.size() > before) {
      units.add(before, TextUnit.of(Kind.LIST, start, units.get(before).end()));
    }
  }

  private void sentencesOf(int start, int last) {
    sentences.setText(text.substring(start, last));
    int from = sentences.first();
    for (int to = sentences.next(); to != BreakIterator.DONE; to = sentences.next()) {
      int end = start + to;
      while (start + to < last && end > start + from + 1 && isOpening(end - 1)) {
        end--;
      }
      sentence(start + from, end);
      from = end - start;
    }
  }

  private boolean isOpening(int at) {
    return OPENING.indexOf(text.charAt(at)) >= 0;
  }

  private void sentence(int from, int to) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    while (end - start > MAX_SENTENCE) {
      int cut = cutBefore(start + MAX_SENTENCE, start);
      units.add(TextUnit.of(Kind.SENTENCE, start, cut));
      start = cut;
      while (start < end && Character.isWhitespace(text.charAt(start))) {
        start++;
      }
    }
    if (start < end) {
      units.add(TextUnit.of(Kind.SENTENCE, start, end));
    }
  }

  private int cutBefore(int limit, int start) {
    for (int at = limit; at > start + MAX_SENTENCE / 2; at--) {
      char before = text.charAt(at - 1);
      if (Character.isWhitespace(text.charAt(at)) || "，、；,;".indexOf(before) >= 0) {
        return at;
      }
    }
    return Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
  }

  /** The first row of a table is taken for its head. */
  private void rows(List<TextLine> rows) {
    var head = rows.getFirst();
    units.add(TextUnit.of(Kind.TABLE_ROW, head.start(), head.end()));
    for (var row : rows.subList(1, rows.size())) {
      units.add(new TextUnit(Kind.TABLE_ROW, row.start(), row.end(), head.start(), head.end()));
    }
  }

  private void list(List<TextLine> items) {
    int start = introduction(items.getFirst().start());
    int end = items.getLast().end();
    boolean whole = end - start <= MAX_LIST;
    if (whole) {
      units.add(TextUnit.of(Kind.LIST, start, end));
    }
    if (whole && items.size() == 1) {
      return;
    }
    for (var item : items) {
      sentencesOf(item.start(), item.end());
    }
  }

  /** Where the sentence before a list starts if it introduces the list, else the list's start. */
  private int introduction(int listStart) {
    if (units.isEmpty()) {
      return listStart;
    }
    var before = units.getLast();
    boolean near = text.substring(before.end(), listStart).isBlank();
    boolean introduces = ":：".indexOf(text.charAt(before.end() - 1)) >= 0;
    return before.kind() == Kind.SENTENCE
            && near
            && introduces
            && before.end() - before.start() <= MAX_INTRODUCTION
        ? before.start()
        : listStart;
  }
}
