package io.witan.engine.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's operations on strings, shared by filters and methods. */
final class Strings {
  private Strings() {}

  /** Without characters of a set, or white space, at either end or both. */
  static String strip(String text, @Nullable String characters, boolean left, boolean right) {
    int from = 0;
    int to = text.length();
    while (left && from < to && isStripped(text.charAt(from), characters)) {
      from++;
    }
    while (right && to > from && isStripped(text.charAt(to - 1), characters)) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isStripped(char character, @Nullable String characters) {
    return characters == null
        ? Character.isWhitespace(character) || character == 0x85 || character == 0xA0
        : characters.indexOf(character) >= 0;
  }

  /** Parts around a separator, at most so many cuts; of null, around runs of white space. */
  static List<Value> split(String text, @Nullable String separator, long most, Budget budget) {
    budget.allocate(text.length());
    var parts = new ArrayList<Value>();
    String rest = separator == null ? strip(text, null, true, false) : text;
    int from = 0;
    while (most < 0 || parts.size() < most) {
      int at = separator == null ? nextSpace(rest, from) : rest.indexOf(separator, from);
      if (at < 0) {
        break;
      }
      parts.add(Value.of(rest.substring(from, at)));
      from = separator == null ? pastSpace(rest, at) : at + separator.length();
    }
    String last =
        separator == null && most < 0 ? rest.substring(from).strip() : rest.substring(from);
    if (separator != null || !last.isEmpty()) {
      parts.add(Value.of(last));
    }
    return parts;
  }

  private static int nextSpace(String text, int from) {
    for (int at = from; at < text.length(); at++) {
      if (Character.isWhitespace(text.charAt(at))) {
        return at;
      }
    }
    return -1;
  }

  private static int pastSpace(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Every occurrence replaced, or the first so many. */
  static String replace(String text, String old, String by, long most, Budget budget) {
    if (most == 0) {
      return text;
    }
    var replaced = new StringBuilder();
    int from = 0;
    long count = 0;
    int at = text.indexOf(old);
    while (at >= 0 && (most < 0 || count < most)) {
      budget.allocate((long) at - from + by.length() + 1);
      replaced.append(text, from, at).append(by);
      count++;
      from = at + old.length();
      if (old.isEmpty()) {
        if (at >= text.length()) {
          return replaced.toString();
        }
        replaced.append(text.charAt(at));
        from = at + 1;
      }
      at = from > text.length() ? -1 : text.indexOf(old, from);
    }
    budget.allocate(text.length() - from);
    return replaced.append(text, from, text.length()).toString();
  }

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int end = text.offsetByCodePoints(0, 1);
    return text.substring(0, end).toUpperCase(java.util.Locale.ROOT)
        + text.substring(end).toLowerCase(java.util.Locale.ROOT);
  }

  /** The first letter of every word large, the others small. */
  static String title(String text) {
    var titled = new StringBuilder(text.length());
    boolean within = false;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      titled.append(within ? Character.toLowerCase(character) : Character.toUpperCase(character));
      within = Character.isLetter(character) || (within && character == '\'');
    }
    return titled.toString();
  }

  static String indent(String text, String by, boolean first, boolean blank, Budget budget) {
    String[] lines = text.split("\n", -1);
    budget.allocate(text.length() + (long) lines.length * (by.length() + 1));
    var indented = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      boolean wanted = i == 0 ? first : blank || !lines[i].isEmpty();
      indented.append(i == 0 ? "" : "\n").append(wanted ? by : "").append(lines[i]);
    }
    return indented.toString();
  }
}
