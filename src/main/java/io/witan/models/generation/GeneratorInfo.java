package io.witan.models.generation;

import org.jspecify.annotations.Nullable;

/**
 * A generator as people see it.
 *
 * @param id of the registered model or remote generator
 * @param local whether it runs in this process: else text leaves the machine
 * @param contextTokens tokens of prompt and answer together at most, as it is run here
 * @param chatTemplate whether it knows how a conversation is written; else only texts are continued
 * @param host where text goes; null if it stays here
 * @param showsQuotes whether each of its answers is shown with the words that it rests on
 */
public record GeneratorInfo(
    String id,
    String name,
    boolean local,
    int contextTokens,
    boolean chatTemplate,
    @Nullable String host,
    boolean showsQuotes) {
  public GeneratorInfo {
    if (local != (host == null)) {
      throw new IllegalArgumentException("what is not local has a host");
    }
  }

  /** One whose answers say themselves what they rest on. */
  public GeneratorInfo(
      String id,
      String name,
      boolean local,
      int contextTokens,
      boolean chatTemplate,
      @Nullable String host) {
    this(id, name, local, contextTokens, chatTemplate, host, false);
  }

  /** One of this process. */
  public GeneratorInfo(
      String id, String name, boolean local, int contextTokens, boolean chatTemplate) {
    this(id, name, local, contextTokens, chatTemplate, null);
  }
}
