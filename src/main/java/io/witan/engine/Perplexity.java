package io.witan.engine;

import java.util.Arrays;
import java.util.List;

/**
 * How surprised a model is by texts: e to the mean of the negative log-probabilities of their
 * tokens, each given those before it in its window.
 *
 * @param tokens that were predicted
 * @param value 1 for a model that knew them all, the vocabulary's size for one that guesses
 */
public record Perplexity(long tokens, double value) {
  /**
   * Measures it.
   *
   * @param texts each is cut into windows by itself
   * @param window tokens of a window; each window's first token is given
   * @throws EngineException if no text has two tokens
   */
  public static Perplexity of(LanguageModel model, List<String> texts, int window) {
    double surprise = 0;
    long tokens = 0;
    for (String text : texts) {
      int[] ids = model.encode(text);
      for (int from = 0; from + 1 < ids.length; from += window) {
        int[] part = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + window));
        if (part.length > 1) {
          surprise += surprise(model, part);
          tokens += part.length - 1;
        }
      }
    }
    if (tokens == 0) {
      throw new EngineException.Unsupported("no text has two tokens: there is nothing to predict");
    }
    return new Perplexity(tokens, Math.exp(surprise / tokens));
  }

  private static double surprise(LanguageModel model, int[] tokens) {
    try (var session = model.newSession()) {
      float[][] logits = session.appendForAllLogits(tokens);
      double sum = 0;
      for (int i = 1; i < tokens.length; i++) {
        sum += logSum(logits[i - 1]) - logits[i - 1][tokens[i]];
      }
      return sum;
    }
  }

  private static double logSum(float[] logits) {
    float most = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      most = Math.max(most, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp((double) logit - most);
    }
    return most + Math.log(sum);
  }
}
