package io.witan.engine.serving;

/** Tells how time goes on, in nanoseconds since some moment. */
@FunctionalInterface
interface LongClock {
  long nanos();
}
