package io.witan.models.residency;

import io.witan.engine.SamplingOptions;
import io.witan.models.generation.GeneratedPiece;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GeneratorListener;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.Prompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what a listener hears. */
class Heard implements GeneratorListener {
  final List<GeneratedPiece> pieces = Collections.synchronizedList(new ArrayList<>());
  final List<Integer> read = Collections.synchronizedList(new ArrayList<>());
  volatile @Nullable GenerationEnd end;

  static GeneratorRequest request(Prompt prompt, int maxTokens) {
    return request(prompt, maxTokens, "ann", null);
  }

  static GeneratorRequest request(
      Prompt prompt, int maxTokens, String person, @Nullable String publicKey) {
    return new GeneratorRequest(
        prompt,
        SamplingOptions.greedy(),
        maxTokens,
        person,
        publicKey,
        person,
        Duration.ofMinutes(2));
  }

  @Override
  public void reading(int tokens, int ofTokens) {
    read.add(tokens);
  }

  @Override
  public void generated(GeneratedPiece piece) {
    pieces.add(piece);
  }

  @Override
  public void ended(GenerationEnd how) {
    end = how;
  }

  String text() {
    synchronized (pieces) {
      var text = new StringBuilder();
      pieces.forEach(piece -> text.append(piece.text()));
      return text.toString();
    }
  }
}
