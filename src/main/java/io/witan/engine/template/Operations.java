package io.witan.engine.template;

import io.witan.engine.EngineException;
import java.util.ArrayList;
import java.util.List;

/** Arithmetic and comparison as Python has them. */
final class Operations {
  private final Budget budget;

  Operations(Budget budget) {
    this.budget = budget;
  }

  Value binary(String operator, Value left, Value right) {
    if (operator.equals("~")) {
      return concatenated(PythonText.str(left, budget), PythonText.str(right, budget));
    }
    if (operator.equals("+") && left instanceof Value.Text a && right instanceof Value.Text b) {
      return concatenated(a.value(), b.value());
    }
    if (operator.equals("+") && left instanceof Value.Items a && right instanceof Value.Items b) {
      budget.allocate((long) a.values().size() + b.values().size());
      var all = new ArrayList<>(a.values());
      all.addAll(b.values());
      return new Value.Items(all);
    }
    if (operator.equals("*") && left instanceof Value.Text text && whole(right)) {
      return repeated(text.value(), wholeValue(right));
    }
    if (operator.equals("*") && whole(left) && right instanceof Value.Text text) {
      return repeated(text.value(), wholeValue(left));
    }
    if (whole(left) && whole(right) && !operator.equals("/")) {
      return wholes(operator, wholeValue(left), wholeValue(right));
    }
    if (isNumber(left) && isNumber(right)) {
      return new Value.Real(reals(operator, number(left), number(right)));
    }
    throw failure("'%s' between %s and %s".formatted(operator, left.kind(), right.kind()));
  }

  private Value concatenated(String left, String right) {
    budget.allocate((long) left.length() + right.length());
    return Value.of(left + right);
  }

  private Value repeated(String text, long times) {
    if (times <= 0 || text.isEmpty()) {
      return Value.of("");
    }
    budget.allocate(times > Integer.MAX_VALUE ? Long.MAX_VALUE / 2 : times * text.length());
    return Value.of(text.repeat((int) times));
  }

  private static Value wholes(String operator, long left, long right) {
    try {
      return Value.of(
          switch (operator) {
            case "+" -> Math.addExact(left, right);
            case "-" -> Math.subtractExact(left, right);
            case "*" -> Math.multiplyExact(left, right);
            case "//" -> Math.floorDivExact(left, right);
            case "%" -> Math.floorMod(left, right);
            case "**" -> power(left, right);
            default -> throw failure("the operator '" + operator + "'");
          });
    } catch (ArithmeticException e) {
      throw failure("%d %s %d: %s".formatted(left, operator, right, e.getMessage()));
    }
  }

  private static long power(long base, long exponent) {
    if (exponent < 0 || exponent > Long.SIZE) {
      throw new ArithmeticException("exponent out of range");
    }
    long product = 1;
    for (long i = 0; i < exponent; i++) {
      product = Math.multiplyExact(product, base);
    }
    return product;
  }

  private static double reals(String operator, double left, double right) {
    boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
    if (divides && right == 0) {
      throw failure("division by zero");
    }
    return switch (operator) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / right;
      case "//" -> Math.floor(left / right);
      case "%" -> left - right * Math.floor(left / right);
      case "**" -> Math.pow(left, right);
      default -> throw failure("the operator '" + operator + "'");
    };
  }

  Value negative(Value value) {
    if (whole(value)) {
      return wholes("-", 0, wholeValue(value));
    }
    if (value instanceof Value.Real real) {
      return new Value.Real(-real.value());
    }
    throw failure("'-' before " + value.kind());
  }

  boolean compare(String operator, Value left, Value right) {
    return switch (operator) {
      case "==" -> isEqual(left, right);
      case "!=" -> !isEqual(left, right);
      case "in" -> isIn(left, right);
      case "not in" -> !isIn(left, right);
      case "<" -> order(left, right) < 0;
      case "<=" -> order(left, right) <= 0;
      case ">" -> order(left, right) > 0;
      case ">=" -> order(left, right) >= 0;
      default -> throw failure("the operator '" + operator + "'");
    };
  }

  boolean isEqual(Value left, Value right) {
    budget.enter();
    boolean equal;
    if (isNumber(left) && isNumber(right)) {
      equal =
          (whole(left) && whole(right))
              ? wholeValue(left) == wholeValue(right)
              : number(left) == number(right);
    } else if (left instanceof Value.Items a && right instanceof Value.Items b) {
      equal = areEqual(a.values(), b.values());
    } else if (left instanceof Value.Mapping a && right instanceof Value.Mapping b) {
      equal =
          a.values().size() == b.values().size()
              && a.values().entrySet().stream()
                  .allMatch(entry -> isEqual(entry.getValue(), part(b, entry.getKey())));
    } else if (left instanceof Value.Text a && right instanceof Value.Text b) {
      budget.read(Math.min(a.value().length(), b.value().length()));
      equal = a.value().equals(b.value());
    } else if (left instanceof Value.Undefined && right instanceof Value.Undefined) {
      equal = true;
    } else {
      equal = left instanceof Value.None && right instanceof Value.None;
    }
    budget.leave();
    return equal;
  }

  private static Value part(Value.Mapping mapping, String key) {
    return mapping.values().getOrDefault(key, new Value.Undefined(key));
  }

  private boolean areEqual(List<Value> left, List<Value> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!isEqual(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean isIn(Value part, Value whole) {
    return switch (whole) {
      case Value.Text text -> {
        if (!(part instanceof Value.Text sought)) {
          throw failure("'in' with %s and a string".formatted(part.kind()));
        }
        budget.read(text.value().length());
        yield text.value().contains(sought.value());
      }
      case Value.Items items -> items.values().stream().anyMatch(item -> isEqual(item, part));
      case Value.Mapping mapping ->
          part instanceof Value.Text key && mapping.values().containsKey(key.value());
      case Value.Undefined ignored -> false;
      default -> throw failure("'in' with %s and %s".formatted(part.kind(), whole.kind()));
    };
  }

  int order(Value left, Value right) {
    budget.step();
    if (isNumber(left) && isNumber(right)) {
      return whole(left) && whole(right)
          ? Long.compare(wholeValue(left), wholeValue(right))
          : Double.compare(number(left), number(right));
    }
    if (left instanceof Value.Text a && right instanceof Value.Text b) {
      budget.read(Math.min(a.value().length(), b.value().length()));
      return a.value().compareTo(b.value());
    }
    throw failure("comparing %s with %s".formatted(left.kind(), right.kind()));
  }

  static boolean isNumber(Value value) {
    return whole(value) || value instanceof Value.Real;
  }

  private static boolean whole(Value value) {
    return value instanceof Value.Whole || value instanceof Value.Flag;
  }

  private static long wholeValue(Value value) {
    return switch (value) {
      case Value.Whole whole -> whole.value();
      case Value.Flag flag -> flag.value() ? 1 : 0;
      default -> throw failure(value.kind() + " as a whole number");
    };
  }

  static double number(Value value) {
    return value instanceof Value.Real real ? real.value() : wholeValue(value);
  }

  static EngineException failure(String what) {
    return new EngineException.TemplateFailure("chat template: not possible: " + what);
  }
}
