package io.witan.chat;

import io.witan.catalogue.TextVersionId;
import io.witan.chat.quotes.Quote;
import io.witan.identity.AccessScope;

/** Compares a quote with its source before anybody sees it. */
@FunctionalInterface
public interface SourceCheck {
  /** Whether the scope may read the source now and it says exactly this at exactly this place. */
  boolean holds(AccessScope scope, TextVersionId textVersion, Quote.Range range);
}
