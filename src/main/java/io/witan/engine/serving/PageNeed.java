package io.witan.engine.serving;

import io.witan.engine.EngineException;
import io.witan.engine.LanguageModel;

/**
 * Whether a request can be served at all.
 *
 * @param pages of the key-value cache that there are
 */
record PageNeed(LanguageModel model, int pages) {
  static PageNeed of(LanguageModel model, ServingOptions options) {
    int all = model.cacheTokens() / model.pages().pageTokens();
    return new PageNeed(model, options.pages() > 0 ? Math.min(all, options.pages()) : all);
  }

  /**
   * How many pages it takes if it comes to its limit.
   *
   * @throws EngineException.LimitExceeded if there are never as many
   */
  int worst(GenerationRequest request) {
    int vocabulary = model.description().vocabulary();
    for (int token : request.prompt()) {
      if (token < 0 || token >= vocabulary) {
        throw new IllegalArgumentException("token %d of %d".formatted(token, vocabulary));
      }
    }
    int prompt = request.prompt().length;
    if (prompt > model.contextTokens()) {
      throw new EngineException.LimitExceeded(
          "the context holds %d tokens, and the prompt has %d: shorten it"
              .formatted(model.contextTokens(), prompt));
    }
    // the last token is told, but never appended
    long positions = Math.min(model.contextTokens(), (long) prompt + request.maxTokens() - 1);
    int worst = (int) Math.ceilDiv(positions, model.pages().pageTokens());
    if (worst > pages) {
      throw new EngineException.LimitExceeded(
          ("a prompt of %d tokens and %d to generate take %d pages of the key-value cache, which"
                  + " has %d: ask for less, or give the cache more memory")
              .formatted(prompt, request.maxTokens(), worst, pages));
    }
    return worst;
  }
}
