package io.witan.chat.openai;

import io.witan.identity.AccessScope;
import io.witan.models.generation.GeneratedPiece;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.Generator;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.OutputFormatRefused;
import io.witan.models.generation.Prompt;
import io.witan.models.generation.ToolsRefused;
import io.witan.shared.Failure;
import io.witan.shared.InvalidInput;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Answers {@code chat/completions} by the active generator. */
@Service
class ChatCompletions {
  /** Places in the model are reserved for all of them, so unlimited is no good default. */
  private static final int USUAL_TOKENS = 1_024;

  private final ModelNames models;
  private final Clock clock;

  ChatCompletions(ModelNames models, Clock clock) {
    this.models = models;
    this.clock = clock;
  }

  void answer(AccessScope scope, ChatParameters wanted, Reply reply) throws IOException {
    var choice = models.generator(wanted.model());
    var generator = choice.generator();
    if (!generator.info().chatTemplate()) {
      throw new InvalidInput(
          "model", "has no chat template and only continues texts: use /v1/completions");
    }
    if (wanted.logProbabilities() >= 0 && !generator.info().local()) {
      throw new InvalidInput("logprobs", "must be false where a model on another machine writes");
    }
    var heading = Heading.of("chatcmpl-", clock.instant(), choice.name(), choice.id());
    try {
      var request = request(scope, generator, wanted).withAdapter(choice.adapter());
      if (wanted.stream().wanted()) {
        stream(generator, request, wanted, heading, reply);
      } else {
        var reader = new Whole(wanted.logProbabilities(), reply);
        var end = GenerationCall.run(generator, request, GenerationLimits.PATIENCE, reader);
        reply.whole(reader.completion(heading, end, Evidence.of(generator.info())));
      }
    } catch (OutputFormatRefused refused) {
      throw new InvalidInput(ResponseFormat.SCHEMA, refused.detail());
    } catch (ToolsRefused refused) {
      throw new InvalidInput("tools", refused.detail());
    }
  }

  private static GeneratorRequest request(
      AccessScope scope, Generator generator, ChatParameters wanted) {
    var prompt = new Prompt.Conversation(wanted.messages(), wanted.tools());
    return GenerationLimits.request(
            scope, generator, prompt, wanted.sampling(), wanted.maxTokens(), USUAL_TOKENS)
        .withFormat(wanted.format());
  }

  private static void stream(
      Generator generator,
      GeneratorRequest request,
      ChatParameters wanted,
      Heading heading,
      Reply reply)
      throws IOException {
    var reader = new Parts(heading, wanted, reply);
    try {
      var end = GenerationCall.run(generator, request, GenerationLimits.PATIENCE, reader);
      reader.flush();
      var remote = Evidence.of(generator.info());
      reply.part(ChatChunk.last(heading, GenerationCall.finishReason(end, reader.called), remote));
      if (wanted.stream().usage()) {
        reply.part(ChatChunk.usage(heading, Usage.of(end)));
      }
      reply.endStream();
    } catch (Failure broken) {
      reply.failure(broken);
    }
  }

  /** Collects the answer. */
  private static final class Whole implements GenerationCall.Reader {
    private final StringBuilder text = new StringBuilder();
    private final List<ChatLogProbabilities.Token> tokens = new ArrayList<>();
    private final CalledTool.Collector calls = new CalledTool.Collector();
    private final int likeliest;
    private final Reply reply;

    private Whole(int likeliest, Reply reply) {
      this.likeliest = likeliest;
      this.reply = reply;
    }

    @Override
    public boolean isGone() {
      return reply.isGone();
    }

    @Override
    public void piece(GeneratedPiece piece) {
      text.append(piece.text());
      piece.calls().forEach(calls::add);
      var token = likeliest < 0 ? null : ChatLogProbabilities.token(piece, likeliest);
      if (token != null) {
        tokens.add(token);
      }
    }

    private ChatCompletion completion(
        Heading heading, GenerationEnd end, @Nullable Evidence remote) {
      var called = calls.calls();
      var content = called != null && text.isEmpty() ? null : text.toString();
      var message = new ChatCompletion.Message("assistant", content, null, called, remote);
      var logprobs = likeliest < 0 ? null : ChatLogProbabilities.of(tokens);
      var choice =
          new ChatCompletion.Choice(
              0, message, logprobs, GenerationCall.finishReason(end, called != null));
      return new ChatCompletion(heading, choice, Usage.of(end));
    }
  }

  /** Sends the answer as it comes; tokens without text wait for the text that they begin. */
  private static final class Parts implements GenerationCall.Reader {
    private final List<ChatLogProbabilities.Token> tokens = new ArrayList<>();
    private final Heading heading;
    private final int likeliest;
    private final boolean mayCall;
    private final Reply reply;
    private boolean called;

    private Parts(Heading heading, ChatParameters wanted, Reply reply) {
      this.heading = heading;
      this.likeliest = wanted.logProbabilities();
      this.mayCall = wanted.tools() != null;
      this.reply = reply;
    }

    @Override
    public void taken() throws IOException {
      reply.beginStream();
      reply.part(mayCall ? ChatChunk.firstWithTools(heading) : ChatChunk.first(heading));
    }

    @Override
    public void piece(GeneratedPiece piece) throws IOException {
      var token = likeliest < 0 ? null : ChatLogProbabilities.token(piece, likeliest);
      if (token != null) {
        tokens.add(token);
      }
      if (!piece.text().isEmpty()) {
        send(piece.text());
      }
      if (!piece.calls().isEmpty()) {
        called = true;
        var parts = piece.calls().stream().map(CalledTool.Delta::of).toList();
        reply.part(ChatChunk.calls(heading, parts, takeTokens()));
      }
    }

    @Override
    public void waiting() throws IOException {
      reply.stillThere();
    }

    @Override
    public boolean isGone() {
      return reply.isGone();
    }

    private void flush() throws IOException {
      if (!tokens.isEmpty()) {
        send("");
      }
    }

    private void send(String text) throws IOException {
      reply.part(ChatChunk.text(heading, text, takeTokens()));
    }

    private @Nullable ChatLogProbabilities takeTokens() {
      var taken = likeliest < 0 ? null : ChatLogProbabilities.of(tokens);
      tokens.clear();
      return taken;
    }
  }
}
