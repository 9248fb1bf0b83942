package io.witan.engine.template;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Filters on numbers. */
final class Numbers {
  private Numbers() {}

  static Value whole(Value value, Value otherwise) {
    return switch (value) {
      case Value.Whole already -> already;
      case Value.Flag flag -> Value.of(flag.value() ? 1L : 0L);
      case Value.Real real -> Value.of((long) real.value());
      case Value.Text text -> {
        try {
          yield Value.of(Long.parseLong(text.value().strip()));
        } catch (NumberFormatException e) {
          yield real(value, otherwise) instanceof Value.Real real
              ? Value.of((long) real.value())
              : otherwise;
        }
      }
      default -> otherwise;
    };
  }

  static Value real(Value value, Value otherwise) {
    return switch (value) {
      case Value.Real already -> already;
      case Value.Whole whole -> new Value.Real(whole.value());
      case Value.Flag flag -> new Value.Real(flag.value() ? 1 : 0);
      case Value.Text text -> {
        try {
          yield new Value.Real(Double.parseDouble(text.value().strip()));
        } catch (NumberFormatException e) {
          yield otherwise;
        }
      }
      default -> otherwise;
    };
  }

  static Value absolute(Value value, Operations operations) {
    boolean negative = Operations.isNumber(value) && Operations.number(value) < 0;
    return negative ? operations.negative(value) : value;
  }

  /** To so many decimals, halves to the even neighbour, as Python does. */
  static Value round(Value value, Inputs inputs, Filters filters) {
    inputs.only(1, "precision");
    if (!Operations.isNumber(value)) {
      throw inputs.failure("wants a number, not " + value.kind());
    }
    double number = Operations.number(value);
    int precision = (int) Math.clamp(inputs.whole(0, "precision", 0), -300L, 300L);
    boolean finite = !Double.isNaN(number) && !Double.isInfinite(number);
    return new Value.Real(
        finite
            ? new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).doubleValue()
            : number);
  }
}
