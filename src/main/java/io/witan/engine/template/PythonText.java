package io.witan.engine.template;

import io.witan.engine.EngineException;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Values as Python prints them. */
final class PythonText {
  private final Budget budget;
  private final StringBuilder text = new StringBuilder();

  private PythonText(Budget budget) {
    this.budget = budget;
  }

  /** What {@code str} makes of it. */
  static String str(Value value, Budget budget) {
    if (value instanceof Value.Text already) {
      return already.value();
    }
    var printed = new PythonText(budget);
    printed.repr(value);
    return printed.text.toString();
  }

  private void repr(Value value) {
    budget.enter();
    switch (value) {
      case Value.Undefined ignored -> {
        // prints as nothing
      }
      case Value.None ignored -> append("None");
      case Value.Flag flag -> append(flag.value() ? "True" : "False");
      case Value.Whole whole -> append(Long.toString(whole.value()));
      case Value.Real real -> append(real(real.value()));
      case Value.Text string -> quoted(string.value());
      case Value.Items items -> items(items.values());
      case Value.Mapping mapping -> mapping(mapping.values());
      case Value.Namespace ignored -> throw unprintable(value);
      case Value.Function ignored -> throw unprintable(value);
      case Value.Macro ignored -> throw unprintable(value);
      case Value.Loop ignored -> throw unprintable(value);
    }
    budget.leave();
  }

  private void items(List<Value> values) {
    append("[");
    for (Iterator<Value> left = values.iterator(); left.hasNext(); ) {
      repr(left.next());
      append(left.hasNext() ? ", " : "");
    }
    append("]");
  }

  private void mapping(Map<String, Value> values) {
    append("{");
    for (var left = values.entrySet().iterator(); left.hasNext(); ) {
      var entry = left.next();
      quoted(entry.getKey());
      append(": ");
      repr(entry.getValue());
      append(left.hasNext() ? ", " : "");
    }
    append("}");
  }

  private void quoted(String string) {
    char quote = string.indexOf('\'') >= 0 && string.indexOf('"') < 0 ? '"' : '\'';
    budget.allocate(string.length());
    text.append(quote);
    string
        .chars()
        .forEach(
            character -> {
              switch (character) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\\' -> text.append("\\\\");
                default -> {
                  if (character == quote) {
                    text.append('\\');
                  }
                  if (character < ' ' || character == 0x7F) {
                    text.append("\\x%02x".formatted(character));
                  } else {
                    text.append((char) character);
                  }
                }
              }
            });
    text.append(quote);
  }

  /** The shortest digits that mean the number, with an exponent where Python has one. */
  static String real(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    if (size == 0 || (size >= 1e-4 && size < 1e16)) {
      String plain = new BigDecimal(Double.toString(value)).toPlainString();
      String zero = 1 / value < 0 && size == 0 ? "-" : "";
      return zero + (plain.contains(".") ? plain : plain + ".0");
    }
    String[] parts = Double.toString(value).split("E", 2);
    String digits =
        parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
    int exponent = Integer.parseInt(parts[1]);
    String padded = Math.abs(exponent) < 10 ? "0" : "";
    return digits + (exponent < 0 ? "e-" : "e+") + padded + Math.abs(exponent);
  }

  private void append(String more) {
    budget.allocate(more.length());
    text.append(more);
  }

  private static EngineException unprintable(Value value) {
    return new EngineException.TemplateFailure("chat template: cannot print " + value.kind());
  }
}
