package io.witan.models.residency;

import io.witan.engine.GeneratedToken;
import io.witan.engine.PromptWriter;
import io.witan.engine.serving.GenerationListener;
import io.witan.engine.serving.GenerationResult;
import io.witan.engine.tools.ToolCallReader;
import io.witan.engine.tools.ToolEvent;
import io.witan.models.generation.GeneratedPiece;
import io.witan.models.generation.GeneratedPiece.CallName;
import io.witan.models.generation.GeneratedPiece.CallPart;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GenerationEnd.Reason;
import io.witan.models.generation.GeneratorGone;
import io.witan.models.generation.GeneratorListener;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener of the product what the engine tells.
 *
 * @param calls reads calls of functions; null where there are none
 */
record Listening(GeneratorListener listener, PromptWriter writer, @Nullable ToolCallReader calls)
    implements GenerationListener {

  @Override
  public void queued(int position) {
    listener.queued(position);
  }

  @Override
  public void read(int tokens, int ofTokens) {
    listener.reading(tokens, ofTokens);
  }

  @Override
  public void token(GeneratedToken token) {
    var events = calls == null ? List.<ToolEvent>of() : calls.accept(token.text());
    listener.generated(
        new GeneratedPiece(
            calls == null ? token.text() : text(events),
            token.id() < 0 ? "" : writer.textOf(token.id()),
            token.logProbability(),
            token.likeliest().stream()
                .map(
                    other ->
                        new GeneratedPiece.Alternative(
                            writer.textOf(other.id()), other.logProbability()))
                .toList(),
            parts(events)));
  }

  private static String text(List<ToolEvent> events) {
    var text = new StringBuilder();
    for (var event : events) {
      text.append(event instanceof ToolEvent.Text more ? more.text() : "");
    }
    return text.toString();
  }

  private static List<CallPart> parts(List<ToolEvent> events) {
    var parts = new ArrayList<CallPart>();
    for (var event : events) {
      switch (event) {
        case ToolEvent.Text text -> {}
        case ToolEvent.Call call ->
            parts.add(new CallPart(call.index(), new CallName(call.id(), call.name()), ""));
        case ToolEvent.Arguments more -> parts.add(new CallPart(more.index(), null, more.text()));
      }
    }
    return parts;
  }

  @Override
  public void ended(GenerationResult result) {
    var rest = calls == null ? "" : text(calls.finish());
    if (!rest.isEmpty()) {
      listener.generated(GeneratedPiece.of(rest));
    }
    listener.ended(end(result));
  }

  static GenerationEnd end(GenerationResult result) {
    return new GenerationEnd(
        reason(result),
        failure(result),
        result.usage().prompt(),
        result.usage().reused(),
        result.usage().generated(),
        result.timings().queued(),
        result.timings().firstToken(),
        result.timings().total());
  }

  private static Reason reason(GenerationResult result) {
    return switch (result.reason()) {
      case STOP -> Reason.STOP;
      case LENGTH -> Reason.LENGTH;
      case CANCELLED -> Reason.CANCELLED;
      case DEADLINE -> Reason.DEADLINE;
      case LISTENER, CLOSED, FAILED -> Reason.FAILED;
    };
  }

  private static @Nullable Throwable failure(GenerationResult result) {
    return switch (result.reason()) {
      case CLOSED -> new GeneratorGone();
      case STOP, LENGTH, CANCELLED, DEADLINE, LISTENER, FAILED -> result.failure();
    };
  }
}
