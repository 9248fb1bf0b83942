package io.witan.chat.openai;

import io.witan.chat.openai.TextCompletion.LogProbabilities;
import io.witan.identity.AccessScope;
import io.witan.models.generation.GeneratedPiece;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.Prompt;
import io.witan.shared.Failure;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Answers {@code completions} by the active generator. */
@Service
class Completions {
  private final ModelNames models;
  private final Clock clock;

  Completions(ModelNames models, Clock clock) {
    this.models = models;
    this.clock = clock;
  }

  void answer(AccessScope scope, CompletionParameters wanted, Reply reply) throws IOException {
    var choice = models.generator(wanted.model());
    var generator = choice.generator();
    var heading = Heading.of("cmpl-", clock.instant(), choice.name(), choice.id());
    var prompt = new Prompt.PlainText(wanted.prompt());
    var request =
        GenerationLimits.request(
                scope, generator, prompt, wanted.sampling(), wanted.maxTokens(), wanted.maxTokens())
            .withAdapter(choice.adapter());
    var reader = new Reader(heading, wanted, reply);
    try {
      reader.end(GenerationCall.run(generator, request, GenerationLimits.PATIENCE, reader));
    } catch (Failure broken) {
      reply.failure(broken);
    }
  }

  /** Collects the answer or sends it as it comes. */
  private static final class Reader implements GenerationCall.Reader {
    private final StringBuilder text = new StringBuilder();
    private final Heading heading;
    private final CompletionParameters wanted;
    private final Reply reply;
    private final boolean streams;
    private @Nullable LogProbabilities logprobs;
    private int generated;

    private Reader(Heading heading, CompletionParameters wanted, Reply reply) {
      this.heading = heading;
      this.wanted = wanted;
      this.reply = reply;
      this.streams = wanted.stream().wanted();
      this.logprobs = noneYet();
    }

    private @Nullable LogProbabilities noneYet() {
      return wanted.logProbabilities() < 0 ? null : LogProbabilities.empty();
    }

    @Override
    public void taken() throws IOException {
      if (streams) {
        reply.beginStream();
      }
    }

    @Override
    public void piece(GeneratedPiece piece) throws IOException {
      if (logprobs != null) {
        logprobs.add(piece, wanted.logProbabilities(), generated);
      }
      generated += piece.text().length();
      text.append(piece.text());
      if (streams && !piece.text().isEmpty()) {
        reply.part(TextCompletion.part(heading, piece.text(), logprobs, null));
        logprobs = noneYet();
      }
    }

    @Override
    public void waiting() throws IOException {
      if (streams) {
        reply.stillThere();
      }
    }

    @Override
    public boolean isGone() {
      return reply.isGone();
    }

    private void end(GenerationEnd end) throws IOException {
      var reason = GenerationCall.finishReason(end);
      if (!streams) {
        reply.whole(
            TextCompletion.whole(heading, text.toString(), logprobs, reason, Usage.of(end)));
        return;
      }
      reply.part(TextCompletion.part(heading, "", logprobs, reason));
      if (wanted.stream().usage()) {
        reply.part(TextCompletion.usage(heading, Usage.of(end)));
      }
      reply.endStream();
    }
  }
}
