package io.witan.engine.template;

import io.witan.engine.EngineException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values as JSON, spaced as Python's {@code json.dumps} does, for models were trained on that. */
final class JsonText {
  private final Budget budget;
  private final int indent;
  private final boolean asciiOnly;
  private final boolean sorted;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param indent spaces for each level; negative to keep all on one line
   */
  JsonText(Budget budget, int indent, boolean asciiOnly, boolean sorted) {
    this.budget = budget;
    this.indent = indent;
    this.asciiOnly = asciiOnly;
    this.sorted = sorted;
  }

  String of(Value value) {
    write(value, 0);
    return text.toString();
  }

  private void write(Value value, int level) {
    budget.enter();
    switch (value) {
      case Value.None ignored -> append("null");
      case Value.Flag flag -> append(Boolean.toString(flag.value()));
      case Value.Whole whole -> append(Long.toString(whole.value()));
      case Value.Real real -> append(real(real.value()));
      case Value.Text string -> quoted(string.value());
      case Value.Items items -> items(items.values(), level);
      case Value.Mapping mapping ->
          mapping(sorted ? new TreeMap<>(mapping.values()) : mapping.values(), level);
      case Value.Undefined ignored -> throw unsuitable(value);
      case Value.Namespace ignored -> throw unsuitable(value);
      case Value.Function ignored -> throw unsuitable(value);
      case Value.Macro ignored -> throw unsuitable(value);
      case Value.Loop ignored -> throw unsuitable(value);
    }
    budget.leave();
  }

  private void items(List<Value> values, int level) {
    append("[");
    for (Iterator<Value> left = values.iterator(); left.hasNext(); ) {
      line(level + 1);
      write(left.next(), level + 1);
      separate(left.hasNext());
    }
    if (!values.isEmpty()) {
      line(level);
    }
    append("]");
  }

  private void mapping(Map<String, Value> values, int level) {
    append("{");
    for (var left = values.entrySet().iterator(); left.hasNext(); ) {
      var entry = left.next();
      line(level + 1);
      quoted(entry.getKey());
      append(": ");
      write(entry.getValue(), level + 1);
      separate(left.hasNext());
    }
    if (!values.isEmpty()) {
      line(level);
    }
    append("}");
  }

  private void line(int level) {
    if (indent >= 0) {
      append("\n");
      append(" ".repeat(indent * level));
    }
  }

  private void separate(boolean more) {
    if (more) {
      append(indent >= 0 ? "," : ", ");
    }
  }

  private static String real(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    return PythonText.real(value);
  }

  private void quoted(String string) {
    budget.allocate(string.length());
    text.append('"');
    escape(string, asciiOnly, text);
    text.append('"');
  }

  static void escape(String string, boolean asciiOnly, StringBuilder into) {
    for (int i = 0; i < string.length(); i++) {
      escape(string.charAt(i), asciiOnly, into);
    }
  }

  private static void escape(char character, boolean asciiOnly, StringBuilder text) {
    switch (character) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      case '\b' -> text.append("\\b");
      case '\f' -> text.append("\\f");
      default -> {
        if (character < ' ' || (asciiOnly && character > '~')) {
          text.append("\\u%04x".formatted((int) character));
        } else {
          text.append(character);
        }
      }
    }
  }

  private void append(String more) {
    budget.allocate(more.length());
    text.append(more);
  }

  private static EngineException unsuitable(Value value) {
    return new EngineException.TemplateFailure(
        "chat template: cannot write " + value.kind() + " as JSON");
  }
}
