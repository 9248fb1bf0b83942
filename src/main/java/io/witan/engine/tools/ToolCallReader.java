package io.witan.engine.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Tells text and calls apart as a model writes them. What may be the beginning of a call is held
 * back until that is certain, so that half a mark is never text. For one answer, whose calls follow
 * the grammar of their format.
 */
public final class ToolCallReader {
  private static final String BLANKS = " \t\r\n";
  private static final Pattern JSON_HEAD =
      Pattern.compile(
          "\\s*\\[?\\s*\\{\\s*(?:\"type\"\\s*:\\s*\"function\"\\s*,\\s*)?"
              + "\"name\"\\s*:\\s*\"([^\"\\\\]*)\"\\s*,\\s*\"(?:arguments|parameters)\"\\s*:");
  private static final Pattern NAMED_HEAD =
      Pattern.compile("\\s*([A-Za-z0-9_.-]+)\\s*(?:\\[CALL_ID]\\s*([A-Za-z0-9]{9})\\s*)?\\[ARGS]");

  private enum Where {
    TEXT,
    TEXT_ONLY,
    HEAD,
    ARGUMENTS,
    BETWEEN
  }

  private final ToolCallFormat format;
  private final RandomGenerator ids;
  private final StringBuilder held = new StringBuilder();
  private Where where = Where.TEXT;
  private int calls;
  private int depth;
  private boolean inString;
  private boolean escaped;

  /**
   * @param ids names calls
   */
  public ToolCallReader(ToolCallFormat format, RandomGenerator ids) {
    this.format = format;
    this.ids = ids;
  }

  /** What is certain after more of the answer. */
  public List<ToolEvent> accept(String text) {
    held.append(text);
    var events = new ArrayList<ToolEvent>();
    boolean moved = !text.isEmpty();
    while (moved) {
      moved =
          switch (where) {
            case TEXT -> format.mayFollowText() ? text(events) : beginning();
            case TEXT_ONLY -> release(held.length(), events);
            case HEAD -> head(events);
            case ARGUMENTS -> arguments(events);
            case BETWEEN -> between();
          };
    }
    return events;
  }

  /** What was held back, at the end of the answer. */
  public List<ToolEvent> finish() {
    var events = new ArrayList<ToolEvent>();
    if (where == Where.TEXT) {
      release(held.length(), events);
    }
    held.setLength(0);
    return events;
  }

  private boolean release(int length, List<ToolEvent> events) {
    if (length > 0) {
      events.add(new ToolEvent.Text(held.substring(0, length)));
      held.delete(0, length);
    }
    return false;
  }

  /** Text that calls may follow. */
  private boolean text(List<ToolEvent> events) {
    var trigger = format.triggers().getFirst();
    int at = held.indexOf(trigger);
    if (at >= 0) {
      release(withoutBlanks(at), events);
      held.delete(0, held.indexOf(trigger) + trigger.length());
      where = Where.HEAD;
      return true;
    }
    int begun = Math.min(trigger.length() - 1, held.length());
    while (!trigger.startsWith(held.substring(held.length() - begun))) {
      begun--;
    }
    return release(withoutBlanks(held.length() - begun), events);
  }

  private int withoutBlanks(int end) {
    int from = end;
    while (from > 0 && BLANKS.indexOf(held.charAt(from - 1)) >= 0) {
      from--;
    }
    return from;
  }

  /** The beginning of an answer that is either a call or text. */
  private boolean beginning() {
    int from = 0;
    while (from < held.length() && BLANKS.indexOf(held.charAt(from)) >= 0) {
      from++;
    }
    var begun = held.substring(from);
    for (var trigger : format.triggers()) {
      if (begun.startsWith(trigger)) {
        held.delete(0, from + (trigger.equals(ToolCallFormat.PYTHON) ? trigger.length() : 0));
        where = Where.HEAD;
        return true;
      }
    }
    if (format.triggers().stream().noneMatch(trigger -> trigger.startsWith(begun))) {
      where = Where.TEXT_ONLY;
      return true;
    }
    return false;
  }

  private boolean head(List<ToolEvent> events) {
    boolean json = !format.member().isEmpty();
    var match = (json ? JSON_HEAD : NAMED_HEAD).matcher(held);
    if (!match.lookingAt()) {
      return false;
    }
    var own = json ? null : match.group(2);
    events.add(new ToolEvent.Call(calls++, own == null ? CallIds.fresh(ids) : own, match.group(1)));
    held.delete(0, match.end());
    where = Where.ARGUMENTS;
    return true;
  }

  private boolean arguments(List<ToolEvent> events) {
    int from = depth > 0 ? 0 : Math.max(0, held.indexOf("{"));
    int at = from;
    boolean open = depth > 0 || held.indexOf("{") >= 0;
    while (open && at < held.length()) {
      follow(held.charAt(at++));
      open = depth > 0;
    }
    if (at > from) {
      events.add(new ToolEvent.Arguments(calls - 1, held.substring(from, at)));
      held.delete(0, at);
      where = open ? Where.ARGUMENTS : Where.BETWEEN;
    }
    return where == Where.BETWEEN;
  }

  private void follow(char next) {
    if (inString) {
      inString = escaped || next != '"';
      escaped = !escaped && next == '\\';
    } else if (next == '"') {
      inString = true;
    } else if (next == '{' || next == '[') {
      depth++;
    } else if (next == '}' || next == ']') {
      depth--;
    }
  }

  /** Whatever closes a call is no news, and what opens the next one may follow. */
  private boolean between() {
    var next = format.member().isEmpty() ? ToolCallFormat.CALLS : "{";
    int at = held.indexOf(next);
    if (at < 0 || format == ToolCallFormat.LLAMA) {
      return false;
    }
    held.delete(0, format.member().isEmpty() ? at + next.length() : at);
    where = Where.HEAD;
    return true;
  }
}
