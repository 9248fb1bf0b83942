package io.witan.engine.serving;

import org.jspecify.annotations.Nullable;

/**
 * Who may reuse what was computed for a prompt. Reuse is seen in time, so what one person may not
 * read must never be reused by another.
 *
 * @param publicKey names what everybody may reuse, such as an assistant's version
 * @param publicTokens how many of the prompt's first tokens are everybody's: instructions, never a
 *     passage or a question
 * @param privateKey who may reuse what follows, such as a person; null for nobody
 */
public record PrefixScope(
    @Nullable String publicKey, int publicTokens, @Nullable String privateKey) {
  public PrefixScope {
    if (publicTokens < 0 || (publicTokens > 0 && publicKey == null)) {
      throw new IllegalArgumentException(publicTokens + " public tokens for " + publicKey);
    }
  }

  /** Nothing is reused or kept. */
  public static PrefixScope none() {
    return new PrefixScope(null, 0, null);
  }

  /** Everything is for one owner only. */
  public static PrefixScope ofPrivate(String key) {
    return new PrefixScope(null, 0, key);
  }
}
