package io.witan.engine.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Runs the chosen experts, rows that chose the same one together. The host never learns which they
 * are: each group finds the rows that share its expert by the routes.
 */
final class MixtureKernels {
  /** Something is added to the gate before it is bent. */
  static final int GATE_ADDED = 8;

  /** Something is added to what the bent gate is multiplied by. */
  static final int UP_ADDED = 16;

  private static final int KIND = 7;

  private MixtureKernels() {}

  /**
   * activation(gate · in) · (up · in) of every chosen expert, for up to four rows that chose the
   * same one: the group of the first, fifth … of these rows does it, the others' groups do nothing.
   * {@code shape}: in's stride and offset, the routes', columns, rows of a gate, experts used,
   * words of a row of gate and of up. {@code addends}: for all gates of 64 rows, then for their
   * ups, where the kind says so.
   */
  static void hidden(
      KernelContext context,
      IntArray step,
      IntArray shape,
      FloatArray gateFloats,
      IntArray gateWords,
      FloatArray upFloats,
      IntArray upWords,
      FloatArray in,
      FloatArray routes,
      FloatArray addends,
      FloatArray out,
      int rowsAt,
      int gateFormat,
      int upFormat,
      int kind) {
    float[] choices = context.allocateFloatLocalArray(Step.MAX_ROWS);
    float[] gates = context.allocateFloatLocalArray(ProductKernels.ROWS * ProductKernels.LANES);
    float[] ups = context.allocateFloatLocalArray(ProductKernels.ROWS * ProductKernels.LANES);
    int lane = context.localIdx;
    int lanes = context.localGroupSizeX;
    int rows = shape.get(5);
    int used = shape.get(6);
    int number = context.groupIdx % rows;
    int pair0 = context.groupIdx / rows;
    int row = pair0 / used;
    int tokens = step.get(rowsAt);
    if (row < tokens) {
      int expert = (int) routes.get(row * shape.get(2) + shape.get(3) + pair0 % used);
      for (int other = lane; other < tokens; other += lanes) {
        int from = other * shape.get(2) + shape.get(3);
        float choice = 0f;
        for (int i = 0; i < used; i++) {
          if ((int) routes.get(from + i) == expert) {
            choice = i + 1;
          }
        }
        choices[other] = choice;
      }
      context.localBarrier();
      int before = 0;
      int count = 0;
      int pair1 = pair0;
      int pair2 = pair0;
      int pair3 = pair0;
      for (int other = 0; other < tokens; other++) {
        int choice = (int) choices[other];
        if (choice > 0) {
          if (other < row) {
            before++;
          } else {
            int pair = other * used + choice - 1;
            if (count == 1) {
              pair1 = pair;
            }
            if (count == 2) {
              pair2 = pair;
            }
            if (count == 3) {
              pair3 = pair;
            }
            count++;
          }
        }
      }
      // no group leaves here, so that all reach the next barrier
      int columns = shape.get(4);
      count = TornadoMath.min(ProductKernels.ROWS, count);
      if (before % ProductKernels.ROWS != 0) {
        columns = 0;
        count = 0;
      }
      int gateBase = (expert * rows + number) * shape.get(7);
      int upBase = (expert * rows + number) * shape.get(8);
      int at0 = row * shape.get(0) + shape.get(1);
      int at1 = (pair1 / used) * shape.get(0) + shape.get(1);
      int at2 = (pair2 / used) * shape.get(0) + shape.get(1);
      int at3 = (pair3 / used) * shape.get(0) + shape.get(1);
      float gate0 = 0f;
      float gate1 = 0f;
      float gate2 = 0f;
      float gate3 = 0f;
      float up0 = 0f;
      float up1 = 0f;
      float up2 = 0f;
      float up3 = 0f;
      for (int group = lane; group * Numbers.GROUP < columns; group += lanes) {
        float gates0 = 0f;
        float gates1 = 0f;
        float gates2 = 0f;
        float gates3 = 0f;
        float ups0 = 0f;
        float ups1 = 0f;
        float ups2 = 0f;
        float ups3 = 0f;
        float plain0 = 0f;
        float plain1 = 0f;
        float plain2 = 0f;
        float plain3 = 0f;
        int end = TornadoMath.min(columns, group * Numbers.GROUP + Numbers.GROUP);
        for (int i = group * Numbers.GROUP; i < end; i++) {
          float gate = Numbers.quant(gateFormat, gateFloats, gateWords, gateBase, i);
          float up = Numbers.quant(upFormat, upFloats, upWords, upBase, i);
          float x0 = in.get(at0 + i);
          gates0 += gate * x0;
          ups0 += up * x0;
          plain0 += x0;
          if (count > 1) {
            float x1 = in.get(at1 + i);
            float x2 = in.get(at2 + i);
            float x3 = in.get(at3 + i);
            gates1 += gate * x1;
            gates2 += gate * x2;
            gates3 += gate * x3;
            ups1 += up * x1;
            ups2 += up * x2;
            ups3 += up * x3;
            plain1 += x1;
            plain2 += x2;
            plain3 += x3;
          }
        }
        float gateScale = Numbers.scale(gateFormat, gateWords, gateBase, group);
        gate0 += gateScale * gates0;
        gate1 += gateScale * gates1;
        gate2 += gateScale * gates2;
        gate3 += gateScale * gates3;
        if (Numbers.hasMinimum(gateFormat)) {
          float minimum = Numbers.minimum(gateFormat, gateWords, gateBase, group);
          gate0 -= minimum * plain0;
          gate1 -= minimum * plain1;
          gate2 -= minimum * plain2;
          gate3 -= minimum * plain3;
        }
        float upScale = Numbers.scale(upFormat, upWords, upBase, group);
        up0 += upScale * ups0;
        up1 += upScale * ups1;
        up2 += upScale * ups2;
        up3 += upScale * ups3;
        if (Numbers.hasMinimum(upFormat)) {
          float minimum = Numbers.minimum(upFormat, upWords, upBase, group);
          up0 -= minimum * plain0;
          up1 -= minimum * plain1;
          up2 -= minimum * plain2;
          up3 -= minimum * plain3;
        }
      }
      gates[lane] = gate0;
      gates[ProductKernels.LANES + lane] = gate1;
      gates[2 * ProductKernels.LANES + lane] = gate2;
      gates[3 * ProductKernels.LANES + lane] = gate3;
      ups[lane] = up0;
      ups[ProductKernels.LANES + lane] = up1;
      ups[2 * ProductKernels.LANES + lane] = up2;
      ups[3 * ProductKernels.LANES + lane] = up3;
      context.localBarrier();
      if (lane < count) {
        float gate = 0f;
        float up = 0f;
        for (int i = 0; i < lanes; i++) {
          gate += gates[lane * ProductKernels.LANES + i];
          up += ups[lane * ProductKernels.LANES + i];
        }
        int pair = pair0;
        if (lane == 1) {
          pair = pair1;
        }
        if (lane == 2) {
          pair = pair2;
        }
        if (lane == 3) {
          pair = pair3;
        }
        int to = pair * rows + number;
        if ((kind & GATE_ADDED) != 0) {
          gate += addends.get(to);
        }
        if ((kind & UP_ADDED) != 0) {
          up += addends.get(Step.MAX_ROWS * used * rows + to);
        }
        out.set(to, RowKernels.bend(kind & KIND, gate) * up);
      }
    }
  }
}
