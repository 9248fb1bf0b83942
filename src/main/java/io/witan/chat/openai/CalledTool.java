package io.witan.chat.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.witan.models.generation.GeneratedPiece.CallPart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of a function.
 *
 * @param type always {@code function}
 */
record CalledTool(String id, String type, Function function) {
  private static final String TYPE = "function";

  /**
   * What is called.
   *
   * @param arguments a JSON object, as text
   */
  record Function(String name, String arguments) {}

  /**
   * A part of a call in a stream: the first of each has its id, type and name.
   *
   * @param index which call of the answer
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Delta(int index, @Nullable String id, @Nullable String type, FunctionDelta function) {
    static Delta of(CallPart part) {
      var begins = part.begins();
      return begins == null
          ? new Delta(part.index(), null, null, new FunctionDelta(null, part.arguments()))
          : new Delta(
              part.index(), begins.id(), TYPE, new FunctionDelta(begins.name(), part.arguments()));
    }
  }

  /** What is new of the function. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record FunctionDelta(@Nullable String name, String arguments) {}

  /** Puts the parts of calls together. */
  static final class Collector {
    private final List<CalledTool> calls = new ArrayList<>();

    void add(CallPart part) {
      var begins = part.begins();
      if (begins != null) {
        calls.add(new CalledTool(begins.id(), TYPE, new Function(begins.name(), part.arguments())));
        return;
      }
      var call = calls.get(part.index());
      var function = call.function;
      var more = new Function(function.name, function.arguments + part.arguments());
      calls.set(part.index(), new CalledTool(call.id, TYPE, more));
    }

    /** Null if there are none. */
    @Nullable List<CalledTool> calls() {
      return calls.isEmpty() ? null : List.copyOf(calls);
    }
  }
}
