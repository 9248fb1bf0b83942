package io.witan.engine;

/** Takes tokens as they are generated. */
@FunctionalInterface
public interface TokenSink {
  /**
   * @return whether to go on
   */
  boolean accept(GeneratedToken token);
}
