package io.witan.engine.tokenizer;

import java.util.Set;

/**
 * Tokens after which generation is over, by their text: files name one such token ({@code
 * eos_token_id}), models use several. The list is that of llama.cpp ({@code llama-vocab.cpp}).
 */
final class EndTokens {
  private static final Set<String> TEXTS =
      Set.of(
          "<|eot_id|>",
          "<|eom_id|>",
          "<|im_end|>",
          "<|end|>",
          "<|return|>",
          "<|call|>",
          "<|endoftext|>",
          "<|end_of_text|>",
          "<end_of_turn>",
          "<end_of_utterance>",
          "<EOT>",
          "_<EOT>",
          "[EOT]",
          "[EOS]",
          "<eos>",
          "</s>",
          "<｜end▁of▁sentence｜>");

  private EndTokens() {}

  static boolean endsGeneration(String text) {
    return TEXTS.contains(text);
  }
}
