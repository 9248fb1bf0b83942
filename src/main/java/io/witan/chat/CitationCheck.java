package io.witan.chat;

import io.witan.catalogue.TextVersionId;
import io.witan.chat.quotes.Quote;
import io.witan.identity.AccessScope;
import io.witan.retrieval.Passages;
import io.witan.retrieval.Sources;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Compares with the text versions that are stored. */
@Component
public class CitationCheck implements SourceCheck {
  private final Passages passages;
  private final Sources sources;

  CitationCheck(Passages passages, Sources sources) {
    this.passages = passages;
    this.sources = sources;
  }

  @Override
  public boolean holds(AccessScope scope, TextVersionId textVersion, Quote.Range range) {
    if (!sources.readable(scope, Set.of(textVersion)).containsKey(textVersion)) {
      return false;
    }
    return passages
        .around(scope, textVersion, range.start(), range.end())
        .map(
            around ->
                around
                    .text()
                    .substring(range.start() - around.start(), range.end() - around.start())
                    .equals(range.text()))
        .orElse(false);
  }
}
