package io.witan.engine.serving;

import static io.witan.engine.serving.ServedModel.request;
import static io.witan.engine.serving.ServedModel.resultOf;
import static io.witan.engine.serving.ServedModel.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.witan.engine.EngineException;
import io.witan.engine.OutputGrammar;
import io.witan.engine.SamplingOptions;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests whose grammar is not worked out yet do not hold up the others. */
class SittingOutTests {
  private static final String GRAMMAR = "root ::= [a-z]{3,9} \" \" [0-9]{2,7} [a-z]";

  @TempDir private static Path folder = Path.of(".");
  private static Path file = Path.of(".");

  @BeforeAll
  static void write() {
    file = ServedModel.write(folder);
  }

  /** Works only when it is told to. */
  private static final class Held extends AbstractExecutorService {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean released;

    @Override
    public synchronized void execute(Runnable task) {
      if (released) {
        Thread.startVirtualThread(task);
      } else {
        tasks.add(task);
      }
    }

    synchronized int waiting() {
      return tasks.size();
    }

    synchronized void release() {
      released = true;
      tasks.forEach(Thread::startVirtualThread);
      tasks.clear();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  private static GenerationRequest held(int[] prompt, OutputGrammar grammar) {
    return new GenerationRequest(
        prompt,
        SamplingOptions.greedy(),
        40,
        "bob",
        PrefixScope.none(),
        Deadline.none(),
        grammar,
        null);
  }

  private static List<Integer> alone(ServedModel served, int[] prompt, OutputGrammar grammar) {
    var ids = new ArrayList<Integer>();
    try (var session = served.model.newSession()) {
      session.append(prompt);
      session.generate(
          SamplingOptions.greedy(),
          grammar,
          40,
          token -> {
            if (token.id() >= 0) {
              ids.add(token.id());
            }
            return true;
          });
    }
    return ids;
  }

  @Test
  void theOthersGoOnWhileAMaskIsWorkedOut() {
    int[] prompt = tokens(20, 3);
    var masks = new Held();
    try (var served = ServedModel.load(file, 24)) {
      var expected = alone(served, prompt, served.model.outputGrammars().gbnf(GRAMMAR));
      // the same texts from another source, so that nothing of it is known
      var cold = served.model.outputGrammars().gbnf(GRAMMAR + " # cold");
      try (var server =
          new GenerationServer(served.model, ServedModel.options(), System::nanoTime, masks)) {
        var follows = new Recording();
        var other = new Recording();
        var sitting = server.submit(held(prompt, cold), follows);
        Recording.until(() -> masks.waiting() == 1);

        var result = resultOf(server.submit(request(tokens(15, 4), 30, "ann"), other));

        assertThat(result.usage().generated()).isEqualTo(30);
        assertThat(other.ids()).isEqualTo(served.alone(tokens(15, 4), 30));
        assertThat(follows.ids()).isEmpty();
        assertThat(server.statistics().running()).isEqualTo(1);

        masks.release();
        assertThat(resultOf(sitting).reason()).isEqualTo(EndReason.STOP);
        assertThat(follows.ids()).isEqualTo(expected);
        assertThat(server.statistics().running()).isZero();
      }
    }
  }

  @Test
  void whoSitsOutCanBeCancelled() {
    var masks = new Held();
    try (var served = ServedModel.load(file, 24);
        var server =
            new GenerationServer(served.model, ServedModel.options(), System::nanoTime, masks)) {
      var grammar = served.model.outputGrammars().gbnf(GRAMMAR);
      var handle = server.submit(held(tokens(20, 3), grammar), new Recording());
      Recording.until(() -> masks.waiting() == 1);

      handle.cancel();

      assertThat(resultOf(handle).reason()).isEqualTo(EndReason.CANCELLED);
      assertThat(server.statistics().pages().used()).isZero();
      masks.release();
      assertThat(resultOf(server.submit(request(tokens(5, 1), 3, "ann"), new Recording())).reason())
          .isEqualTo(EndReason.LENGTH);
    }
  }

  @Test
  void whatCannotBeWorkedOutEndsItsOwnRequestOnly() {
    try (var served = ServedModel.load(file, 24);
        var server = served.serve(ServedModel.options())) {
      // every prefix may be read in ever more ways
      var hostile =
          served
              .model
              .outputGrammars()
              .gbnf("root ::= (\"a\"? | [a-z]?){5000} " + "([a-z]{0,50} \" \"?){4000}");
      var failing = server.submit(held(tokens(20, 3), hostile), new Recording());
      var other = server.submit(request(tokens(15, 4), 30, "ann"), new Recording());

      assertThat(resultOf(failing).reason()).isEqualTo(EndReason.FAILED);
      assertThat(resultOf(failing).failure()).isInstanceOf(EngineException.InvalidGrammar.class);
      assertThat(resultOf(other).usage().generated()).isEqualTo(30);
    }
  }
}
