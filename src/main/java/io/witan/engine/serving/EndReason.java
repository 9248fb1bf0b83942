package io.witan.engine.serving;

/** Why a request ended. */
public enum EndReason {
  /** The model ended it, or a stop string came. */
  STOP,
  /** As many tokens as were asked for, or the context is full. */
  LENGTH,
  /** Somebody cancelled it. */
  CANCELLED,
  /** It waited or took longer than it may. */
  DEADLINE,
  /** Its listener threw, or took tokens too slowly. */
  LISTENER,
  /** The server was closed. */
  CLOSED,
  /** It could not be computed. */
  FAILED
}
