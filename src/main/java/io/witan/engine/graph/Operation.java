package io.witan.engine.graph;

import org.jspecify.annotations.Nullable;

/**
 * One whole-tensor operation of a step. Every operation works on all token rows of the step; rows
 * never see each other, except in {@link Attend}, within a sequence.
 */
public sealed interface Operation {

  /** Looks up each row's token in {@code table}. */
  record Embed(Matrix table, Value out) implements Operation {}

  /** Multiplies by a constant, in place. */
  record Scale(Value value, float factor) implements Operation {}

  /** Limits to [-limit, limit], in place. */
  record Clamp(Value value, float limit) implements Operation {}

  /** Softly limits: limit · tanh(x / limit), in place. */
  record Softcap(Value value, float limit) implements Operation {}

  /**
   * Normalises each group of {@code weight.columns()} numbers of each row; {@code in} may be {@code
   * out}. A weight as wide as the row makes one group; one as wide as a head, one per head.
   */
  record Normalize(
      NormKind kind, Value in, Value out, Matrix weight, @Nullable Matrix bias, float epsilon)
      implements Operation {}

  /** out = weight · in + bias. */
  record Multiply(Matrix weight, @Nullable Matrix bias, Value in, Value out) implements Operation {}

  /** Turns each head of {@code headSize} numbers by the row's position, in place. */
  record Rotate(Value heads, int headSize, Rope rope) implements Operation {}

  /**
   * Keeps the row's keys and values, then attends to all rows of its sequence up to itself.
   *
   * @param layer which of the cache's layers
   * @param query {@code heads · headSize}
   * @param key {@code keyHeads · headSize}
   * @param value as {@code key}
   * @param softcap limit of the scores before the mask, 0 for none
   * @param maxBias largest slope by which scores sink with distance, 0 for none: see {@link Alibi}
   */
  record Attend(
      int layer,
      Value query,
      Value key,
      Value value,
      Value out,
      int heads,
      int keyHeads,
      int headSize,
      float scale,
      float softcap,
      float maxBias)
      implements Operation {}

  /** target += factor · addend. */
  record Add(Value addend, Value target, float factor) implements Operation {}

  /** out = activation(gate) · up, or activation(gate) without {@code up}. */
  record Activate(Activation activation, Value gate, @Nullable Value up, Value out)
      implements Operation {}

  /** Multiplies each row by the sigmoid of its one-number gate, in place. */
  record Gate(Value gate, Value value) implements Operation {}

  /**
   * Chooses experts: softmax over all logits, the {@code used} most probable (the lower number on a
   * tie), their probabilities divided by their sum if {@code renormalize}, times {@code scale}.
   *
   * @param routes {@code [2 · used]}: the experts' numbers, then their weights
   */
  record Route(Value logits, Value routes, int used, boolean renormalize, float scale)
      implements Operation {}

  /** Sum over the routes, in order, of weight · down(activation(gate · in) · (up · in)). */
  record MixExperts(
      Value in,
      Value routes,
      int used,
      Matrix gate,
      Matrix up,
      Matrix down,
      Activation activation,
      Value out)
      implements Operation {}

  /** From here on only the rows whose logits are wanted. */
  record SelectRows(Value value) implements Operation {}
}
