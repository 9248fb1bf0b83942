package io.witan.engine.serving;

import io.witan.engine.ModelAdapter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a page of a prompt is found by, below the page before it: exactly its tokens, who may reuse
 * it, and what has changed the model that computed it.
 *
 * @param everybody whether the scope is a public one; a private one of the same name is another
 * @param adapter compared by identity; null for the model as it is
 */
record PrefixKey(boolean everybody, String scope, @Nullable ModelAdapter adapter, int[] tokens) {
  @Override
  public boolean equals(Object other) {
    return other instanceof PrefixKey key
        && everybody == key.everybody
        && adapter == key.adapter
        && scope.equals(key.scope)
        && Arrays.equals(tokens, key.tokens);
  }

  @Override
  public int hashCode() {
    return (Arrays.hashCode(tokens) * 31 + scope.hashCode()) * 2 + (everybody ? 1 : 0);
  }
}
