package uk.ac.manchester.tornado.api.math;

/** Functions that kernels may call. */
public final class TornadoMath {
  private TornadoMath() {}

  public static float exp(float value) {
    return (float) Math.exp(value);
  }

  public static float sqrt(float value) {
    return (float) Math.sqrt(value);
  }

  public static float tanh(float value) {
    return (float) Math.tanh(value);
  }

  public static float log(float value) {
    return (float) Math.log(value);
  }

  public static float cos(float value) {
    return (float) Math.cos(value);
  }

  public static float sin(float value) {
    return (float) Math.sin(value);
  }

  public static float floor(float value) {
    return (float) Math.floor(value);
  }

  public static float min(float a, float b) {
    return Math.min(a, b);
  }

  public static int min(int a, int b) {
    return Math.min(a, b);
  }

  public static float max(float a, float b) {
    return Math.max(a, b);
  }

  public static int max(int a, int b) {
    return Math.max(a, b);
  }

  public static float abs(float a) {
    return Math.abs(a);
  }

  public static int abs(int a) {
    return Math.abs(a);
  }
}
