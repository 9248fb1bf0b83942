package io.witan.engine.template;

import java.util.Map;

/** What can stand after {@code is}. */
final class Tests {
  @FunctionalInterface
  private interface Test {
    boolean holds(Value value, Inputs inputs, Operations operations);
  }

  private static final Map<String, Test> TESTS =
      Map.ofEntries(
          Map.entry("defined", (v, in, ops) -> !(v instanceof Value.Undefined)),
          Map.entry("undefined", (v, in, ops) -> v instanceof Value.Undefined),
          Map.entry("none", (v, in, ops) -> v instanceof Value.None),
          Map.entry("string", (v, in, ops) -> v instanceof Value.Text),
          Map.entry("number", (v, in, ops) -> Operations.isNumber(v)),
          Map.entry("integer", (v, in, ops) -> v instanceof Value.Whole),
          Map.entry("float", (v, in, ops) -> v instanceof Value.Real),
          Map.entry("boolean", (v, in, ops) -> v instanceof Value.Flag),
          Map.entry("true", (v, in, ops) -> v instanceof Value.Flag flag && flag.value()),
          Map.entry("false", (v, in, ops) -> v instanceof Value.Flag flag && !flag.value()),
          Map.entry("mapping", (v, in, ops) -> v instanceof Value.Mapping),
          Map.entry("sequence", (v, in, ops) -> isIterable(v)),
          Map.entry("iterable", (v, in, ops) -> isIterable(v)),
          Map.entry(
              "callable", (v, in, ops) -> v instanceof Value.Macro || v instanceof Value.Function),
          Map.entry("even", (v, in, ops) -> remainder(v, 2, ops) == 0),
          Map.entry("odd", (v, in, ops) -> remainder(v, 2, ops) != 0),
          Map.entry("divisibleby", (v, in, ops) -> remainder(v, in.whole(0, "num", 0), ops) == 0),
          Map.entry("eq", comparing("==")),
          Map.entry("equalto", comparing("==")),
          Map.entry("sameas", comparing("==")),
          Map.entry("ne", comparing("!=")),
          Map.entry("lt", comparing("<")),
          Map.entry("lessthan", comparing("<")),
          Map.entry("le", comparing("<=")),
          Map.entry("gt", comparing(">")),
          Map.entry("greaterthan", comparing(">")),
          Map.entry("ge", comparing(">=")),
          Map.entry("in", comparing("in")));

  private Tests() {}

  static boolean holds(String name, Value value, Inputs inputs, Operations operations) {
    var test = TESTS.get(name);
    if (test == null) {
      throw inputs.failure("is not supported: the test " + name);
    }
    return test.holds(value, inputs, operations);
  }

  private static Test comparing(String operator) {
    return (value, inputs, operations) ->
        operations.compare(operator, value, inputs.get(0, "other"));
  }

  private static boolean isIterable(Value value) {
    return value instanceof Value.Items
        || value instanceof Value.Mapping
        || value instanceof Value.Text
        || value instanceof Value.Undefined;
  }

  private static long remainder(Value value, long divisor, Operations operations) {
    return operations.binary("%", value, Value.of(divisor)) instanceof Value.Whole whole
        ? whole.value()
        : 1;
  }
}
