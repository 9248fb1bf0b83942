package io.witan.engine.serving;

import java.util.Arrays;

/**
 * What a page of a prompt is found by, below the page before it: exactly its tokens, and who may
 * reuse it.
 *
 * @param everybody whether the scope is a public one; a private one of the same name is another
 */
record PrefixKey(boolean everybody, String scope, int[] tokens) {
  @Override
  public boolean equals(Object other) {
    return other instanceof PrefixKey key
        && everybody == key.everybody
        && scope.equals(key.scope)
        && Arrays.equals(tokens, key.tokens);
  }

  @Override
  public int hashCode() {
    return (Arrays.hashCode(tokens) * 31 + scope.hashCode()) * 2 + (everybody ? 1 : 0);
  }
}
