package io.witan.engine.sampling;

import io.witan.engine.SamplingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Chooses the tokens of one sequence. The same options, logits and order of calls give the same
 * tokens. Logits that are no numbers are never chosen. For one thread.
 */
public final class Sampler {
  private final SamplingOptions options;
  private final SplittableRandom random;
  private final int[] recent;
  private int seen;
  private float[] scores = {};
  private int[] candidates = {};
  private float[] weights = {};

  public Sampler(SamplingOptions options) {
    this.options = options;
    this.random = new SplittableRandom(options.seed());
    this.recent = new int[options.penaltyWindow()];
  }

  /** Counts a token of the prompt, or one that somebody else chose, as recent. */
  public void accept(int token) {
    if (recent.length > 0) {
      recent[seen % recent.length] = token;
      seen++;
    }
  }

  /**
   * Chooses the next token and counts it as recent.
   *
   * @param logits one for each token of the vocabulary; left as they are
   * @throws IllegalArgumentException if none of them is a number above minus infinity
   */
  public Sample sample(float[] logits) {
    return sample(logits, logits);
  }

  /**
   * Chooses among some tokens.
   *
   * @param logits minus infinity for tokens that may not come; left as they are
   * @param unmasked what the model said of all tokens; log-probabilities are taken from it
   */
  public Sample sample(float[] logits, float[] unmasked) {
    boolean penalized =
        seen > 0 && (options.repetitionPenalty() != 1 || options.presencePenalty() != 0);
    float[] scored = penalized ? penalize(logits) : logits;
    int token = options.isGreedy() ? Likeliest.of(scored) : draw(scored);
    accept(token);
    return options.logProbabilities() == 0
        ? new Sample(token, Float.NaN, List.of())
        : withLogProbabilities(token, unmasked);
  }

  private float[] penalize(float[] logits) {
    if (scores.length != logits.length) {
      scores = new float[logits.length];
    }
    System.arraycopy(logits, 0, scores, 0, logits.length);
    for (int i = 0; i < Math.min(seen, recent.length); i++) {
      int token = recent[i];
      if (token < logits.length) {
        float logit = logits[token];
        float repeated =
            logit > 0 ? logit / options.repetitionPenalty() : logit * options.repetitionPenalty();
        // from the logits, not from the scores: a token that comes twice pays once
        scores[token] = repeated - options.presencePenalty();
      }
    }
    return scores;
  }

  private int draw(float[] scored) {
    if (candidates.length != scored.length) {
      candidates = new int[scored.length];
      weights = new float[scored.length];
    }
    var kept = new CandidateSet(scored, candidates, weights);
    kept.keepMost(options.topK());
    kept.keepProbability(options.topP());
    kept.keepFraction(options.minP());
    return kept.draw(options.temperature(), random.nextDouble());
  }

  private Sample withLogProbabilities(int token, float[] logits) {
    double normalizer = Likeliest.logSumExp(logits);
    var likeliest = new ArrayList<Sample.Candidate>();
    for (int id : Likeliest.of(logits, options.logProbabilities())) {
      likeliest.add(new Sample.Candidate(id, (float) (logits[id] - normalizer)));
    }
    return new Sample(token, (float) (logits[token] - normalizer), List.copyOf(likeliest));
  }
}
