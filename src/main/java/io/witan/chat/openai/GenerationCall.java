package io.witan.chat.openai;

import io.witan.models.generation.GeneratedPiece;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GenerationFailed;
import io.witan.models.generation.Generator;
import io.witan.models.generation.GeneratorListener;
import io.witan.models.generation.GeneratorRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Brings what a generator tells on its own thread to the thread of the request, which may wait for
 * a slow client without holding anybody else up. At most the answer's tokens wait between the two.
 */
final class GenerationCall implements GeneratorListener {
  /** How often a client that has gone is looked for. */
  private static final long LOOK_MILLIS = 50;

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private GenerationCall() {}

  private sealed interface Event {
    record Piece(GeneratedPiece piece) implements Event {}

    record End(GenerationEnd end) implements Event {}
  }

  /** Who waits; a failure to tell it ends the generation. */
  interface Reader {
    /** The generator took the request. */
    default void taken() throws IOException {}

    void piece(GeneratedPiece piece) throws IOException;

    /** Nothing has come for a while. */
    default void waiting() throws IOException {}

    /** Whether nobody waits any more. */
    default boolean isGone() {
      return false;
    }
  }

  @Override
  public void generated(GeneratedPiece piece) {
    events.add(new Event.Piece(piece));
  }

  @Override
  public void ended(GenerationEnd end) {
    events.add(new Event.End(end));
  }

  /**
   * Generates and returns when it has ended.
   *
   * @param patience after how long without news the reader is told that it waits
   * @throws IOException what the reader threw, or because it has gone
   * @throws io.witan.shared.Failure if the generator failed or was stopped
   */
  static GenerationEnd run(
      Generator generator, GeneratorRequest request, Duration patience, Reader reader)
      throws IOException {
    var call = new GenerationCall();
    var run = generator.start(request, call);
    boolean ended = false;
    try {
      reader.taken();
      var end = call.follow(patience, reader);
      ended = true;
      return switch (end.reason()) {
        case STOP, LENGTH, DEADLINE -> end;
        case CANCELLED, FAILED -> throw GenerationFailed.of(end);
      };
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new GenerationFailed();
    } finally {
      if (!ended) {
        run.cancel();
      }
    }
  }

  private GenerationEnd follow(Duration patience, Reader reader)
      throws IOException, InterruptedException {
    long heardAt = System.nanoTime();
    while (true) {
      var event = events.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (event instanceof Event.End it) {
        return it.end();
      }
      if (reader.isGone()) {
        throw new IOException("the client has closed the connection");
      }
      if (event instanceof Event.Piece it) {
        reader.piece(it.piece());
        heardAt = System.nanoTime();
      } else if (System.nanoTime() - heardAt >= patience.toNanos()) {
        reader.waiting();
        heardAt = System.nanoTime();
      }
    }
  }

  /** That API's word for how it ended. */
  static String finishReason(GenerationEnd end) {
    return finishReason(end, false);
  }

  /**
   * @param called whether functions were called
   */
  static String finishReason(GenerationEnd end, boolean called) {
    return end.reason() != GenerationEnd.Reason.STOP ? "length" : called ? "tool_calls" : "stop";
  }
}
