package io.witan.engine.tools;

/** What a model goes on with: text, or a call. */
public sealed interface ToolEvent {
  /** Text that is no call. */
  record Text(String text) implements ToolEvent {}

  /**
   * A call begins.
   *
   * @param index which of the answer, from 0
   */
  record Call(int index, String id, String name) implements ToolEvent {}

  /** More of a call's arguments: all of them together are a JSON object. */
  record Arguments(int index, String text) implements ToolEvent {}
}
