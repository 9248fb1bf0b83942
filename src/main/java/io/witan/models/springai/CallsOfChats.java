package io.witan.models.springai;

import io.witan.models.generation.GeneratedPiece;
import io.witan.models.generation.GeneratedPiece.CallName;
import io.witan.models.generation.GeneratedPiece.CallPart;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;

/**
 * Numbers the calls of an answer, which come whole. Ids that the model has left out, or given
 * twice, are made here: results have to name them. Not for use by several threads.
 */
final class CallsOfChats {
  private final Set<String> ids = new HashSet<>();

  /** A call, and then its arguments. */
  List<GeneratedPiece> accept(ToolCall call) {
    int index = ids.size();
    var arguments = call.arguments();
    return List.of(
        piece(new CallPart(index, new CallName(id(call.id()), call.name()), "")),
        piece(new CallPart(index, null, isNothing(arguments) ? "{}" : arguments)));
  }

  private static boolean isNothing(@Nullable String arguments) {
    return arguments == null || arguments.isBlank();
  }

  private String id(@Nullable String given) {
    if (given != null && !given.isBlank() && ids.add(given)) {
      return given;
    }
    var made = "call_" + UUID.randomUUID().toString().replace("-", "");
    ids.add(made);
    return made;
  }

  private static GeneratedPiece piece(CallPart part) {
    return new GeneratedPiece("", "", Double.NaN, List.of(), List.of(part));
  }
}
