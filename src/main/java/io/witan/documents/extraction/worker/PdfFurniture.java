package io.witan.documents.extraction.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Removes running heads, running feet and page numbers: the same words (numbers aside) at the same
 * height in the margin of several pages. The first occurrence of words stays.
 */
final class PdfFurniture {

  private static final Pattern DIGITS = Pattern.compile("\\d+|\\b[ivxlc]+\\b");
  private static final float MARGIN = 0.12f;
  private static final float SAME_HEIGHT = 4;
  private static final int FEWEST_PAGES = 3;
  private static final int ENOUGH_PAGES = 8;
  private static final double SHARE = 0.4;

  private PdfFurniture() {}

  static void remove(List<PdfPage> pages) {
    int needed =
        Math.max(FEWEST_PAGES, Math.min(ENOUGH_PAGES, (int) Math.ceil(SHARE * pages.size())));
    Map<String, List<Place>> places = new HashMap<>();
    for (int index = 0; index < pages.size(); index++) {
      var page = pages.get(index);
      for (var line : page.lines()) {
        float y = page.boxOf(line, 0, 1).y();
        if (isInMargin(page, y)) {
          places
              .computeIfAbsent(DIGITS.matcher(line.text()).replaceAll("#"), k -> new ArrayList<>())
              .add(new Place(page, index, line, y));
        }
      }
    }
    for (var same : places.entrySet()) {
      removeRepeated(same.getKey(), same.getValue(), needed);
    }
  }

  private static void removeRepeated(String key, List<Place> places, int needed) {
    boolean hasWords = key.codePoints().anyMatch(Character::isLetter);
    Set<Place> repeated = new HashSet<>();
    for (var place : places) {
      long pages =
          places.stream()
              .filter(other -> Math.abs(other.y - place.y) <= SAME_HEIGHT)
              .map(Place::page)
              .distinct()
              .count();
      if (pages >= needed || (key.equals("#") && countsPages(place, places))) {
        repeated.add(place);
      }
    }
    for (int i = 0; i < places.size(); i++) {
      var place = places.get(i);
      if (repeated.contains(place) && !(hasWords && i == 0)) {
        place.page.lines().remove(place.line);
      }
    }
  }

  /** A lone number that grows with the pages. */
  private static boolean countsPages(Place place, List<Place> places) {
    return places.stream()
        .anyMatch(
            other ->
                other.index != place.index
                    && Math.abs(other.y - place.y) <= SAME_HEIGHT
                    && other.number() - place.number() == other.index - place.index);
  }

  private static boolean isInMargin(PdfPage page, float y) {
    float height = page.displayHeight();
    return y < MARGIN * height || y > (1 - MARGIN) * height;
  }

  private record Place(PdfPage page, int index, PdfLine line, float y) {

    /** Roman numbers and what is too long count as 0. */
    int number() {
      var text = line.text();
      return text.length() < 6 && text.chars().allMatch(Character::isDigit)
          ? Integer.parseInt(text)
          : 0;
    }
  }
}
