package io.witan.engine;

/** Why generation ended. */
public enum FinishReason {
  /** The model ended it, or a stop string came. */
  STOP,
  /** As many tokens as were asked for, or no room for more. */
  LENGTH,
  /** The sink wanted no more. */
  CANCELLED
}
