package io.witan.engine.backend.tornado;

import io.witan.engine.graph.Graph;
import io.witan.engine.graph.Operation;
import io.witan.engine.graph.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds operations of a graph that one kernel can do together. */
final class Neighbours {
  /**
   * Rows of a matrix at most whose kernel normalises for itself: every group reads its input once
   * more for that, which for the many rows of a vocabulary costs more than a launch.
   */
  private static final int NORMED_ROWS = 16_384;

  private final List<Operation> operations;
  private final Value result;
  private final AdapterArrays adapters;

  Neighbours(Graph graph, AdapterArrays adapters) {
    this.adapters = adapters;
    this.operations = graph.operations();
    this.result = graph.logits();
  }

  /** The operation there, or null after the last. */
  @Nullable Operation at(int index) {
    return index < operations.size() ? operations.get(index) : null;
  }

  /**
   * How many products right after a norm are all that read what it makes; 0 for none. What an
   * adapter changes needs the normalised row, as it adds to the product before it is limited.
   */
  int productsOf(int index, Operation.Normalize norm) {
    if (!isWhole(norm)) {
      return 0;
    }
    int count = 0;
    while (at(index + 1 + count) instanceof Operation.Multiply it
        && it.in().equals(norm.out())
        && it.weight().rows() <= NORMED_ROWS
        && !adapters.change(it.weight())) {
      count++;
    }
    return count > 0 && isUnread(norm.out(), index + 1 + count) ? count : 0;
  }

  /** Whether a norm is followed by a router and its choice, and nobody else reads its logits. */
  boolean isRouter(int index, Operation.Normalize norm) {
    return isWhole(norm)
        && at(index + 1) instanceof Operation.Multiply router
        && router.in().equals(norm.out())
        && router.bias() == null
        && !adapters.change(router.weight())
        && router.weight().rows() <= RouterKernels.EXPERTS
        && at(index + 2) instanceof Operation.Route route
        && route.logits().equals(router.out())
        && route.used() <= ProductKernels.LANES
        && isUnread(router.out(), index + 3);
  }

  private static boolean isWhole(Operation.Normalize norm) {
    return norm.weight().columns() == norm.in().width()
        && norm.in().buffer() != norm.out().buffer();
  }

  /** The limit that follows a product and can be part of it; null for none. */
  Operation.@Nullable Clamp limitOf(int index, Operation.Multiply product) {
    return at(index) instanceof Operation.Clamp clamp
            && clamp.value().equals(product.out())
            && !adapters.change(product.weight())
        ? clamp
        : null;
  }

  /** The addition to another buffer that follows and is all that reads a value; null for none. */
  Operation.@Nullable Add sumOf(int index, Value value, Value in) {
    return at(index) instanceof Operation.Add add
            && add.addend().equals(value)
            && add.target().buffer() != value.buffer()
            && add.target().buffer() != in.buffer()
            && isUnread(value, index + 1)
        ? add
        : null;
  }

  /** Whether nobody reads a value from here on before it is made again. */
  private boolean isUnread(Value value, int from) {
    if (value.buffer() == result.buffer()) {
      return false;
    }
    for (int i = from; i < operations.size(); i++) {
      var operation = operations.get(i);
      for (var read : read(operation)) {
        if (overlap(read, value)) {
          return false;
        }
      }
      var written = written(operation);
      if (written != null && covers(written, value)) {
        return true;
      }
    }
    return true;
  }

  private static boolean overlap(Value one, Value other) {
    return one.buffer() == other.buffer()
        && one.offset() < other.offset() + other.width()
        && other.offset() < one.offset() + one.width();
  }

  private static boolean covers(Value one, Value other) {
    return one.buffer() == other.buffer()
        && one.offset() <= other.offset()
        && one.offset() + one.width() >= other.offset() + other.width();
  }

  private static List<Value> read(Operation operation) {
    return switch (operation) {
      case Operation.Embed it -> List.of();
      case Operation.Scale it -> List.of(it.value());
      case Operation.Clamp it -> List.of(it.value());
      case Operation.Softcap it -> List.of(it.value());
      case Operation.Normalize it -> List.of(it.in());
      case Operation.Multiply it -> List.of(it.in());
      case Operation.Rotate it -> List.of(it.heads());
      case Operation.Attend it -> List.of(it.query(), it.key(), it.value());
      case Operation.Add it -> List.of(it.addend(), it.target());
      case Operation.Activate it -> gateAndUp(it);
      case Operation.Gate it -> List.of(it.gate(), it.value());
      case Operation.Route it -> List.of(it.logits());
      case Operation.MixExperts it -> List.of(it.in(), it.routes());
      case Operation.SelectRows it -> List.of(it.value());
    };
  }

  private static List<Value> gateAndUp(Operation.Activate it) {
    var values = new ArrayList<Value>();
    values.add(it.gate());
    if (it.up() != null) {
      values.add(it.up());
    }
    return values;
  }

  /** What an operation makes without reading it, or null. */
  private static @Nullable Value written(Operation operation) {
    return switch (operation) {
      case Operation.Embed it -> it.out();
      case Operation.Normalize it -> it.out();
      case Operation.Multiply it -> it.out();
      case Operation.Attend it -> it.out();
      case Operation.Activate it -> it.out();
      case Operation.Route it -> it.routes();
      case Operation.MixExperts it -> it.out();
      default -> null;
    };
  }
}
