package io.witan.models.remote;

import io.swagger.v3.oas.annotations.media.Schema;
import io.witan.models.generation.ChatMessage;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.Prompt;
import io.witan.models.generation.Sampling;
import io.witan.models.springai.ChatModelGenerator;
import io.witan.shared.Failure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking a remote generator for a word.
 *
 * @param millis until it had answered, or failed
 * @param firstTokenMillis until the first token; null if there was none
 * @param answer what it said, cut
 * @param problem why it did not
 */
@Schema(name = "RemoteCheck")
public record RemoteCheck(
    boolean ok,
    long millis,
    @Nullable Long firstTokenMillis,
    String answer,
    @Nullable CheckProblem problem) {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int TOKENS = 32;
  private static final int MOST_ANSWER = 200;

  /** Why it did not answer. */
  @Schema(name = "RemoteCheckProblem")
  public record CheckProblem(String code, String title, String detail) {
    static CheckProblem of(Failure failure) {
      return new CheckProblem(failure.code(), failure.title(), failure.detail());
    }
  }

  static RemoteCheck of(ChatModelGenerator generator) {
    var prompt =
        new Prompt.Conversation(List.of(ChatMessage.user("Reply with the single word: ready")));
    var request =
        GeneratorRequest.of(prompt, Sampling.greedy(), TOKENS, "check", null, null, LONGEST);
    var text = new StringBuffer();
    var run = generator.start(request.leaving(), piece -> text.append(piece.text()));
    var end = run.end().join();
    var first = end.firstToken();
    var said = text.length() > MOST_ANSWER ? text.substring(0, MOST_ANSWER) + "…" : text.toString();
    var problem = problem(end, generator);
    return new RemoteCheck(
        problem == null,
        end.total().toMillis(),
        first == null ? null : first.toMillis(),
        said.strip(),
        problem);
  }

  private static @Nullable CheckProblem problem(GenerationEnd end, ChatModelGenerator generator) {
    var host = String.valueOf(generator.info().host());
    return switch (end.reason()) {
      case STOP, LENGTH -> null;
      case DEADLINE, CANCELLED ->
          CheckProblem.of(
              new RemoteUnreachable(
                  host, "it did not answer within " + LONGEST.toSeconds() + " seconds"));
      case FAILED ->
          CheckProblem.of(
              end.failure() instanceof Failure known ? known : new RemoteBrokeOff(host));
    };
  }
}
