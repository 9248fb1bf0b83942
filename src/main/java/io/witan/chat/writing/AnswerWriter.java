package io.witan.chat.writing;

import io.witan.assistants.AssistantSettings;
import io.witan.chat.AnswerEvent;
import io.witan.chat.AnswerEvent.Stage;
import io.witan.chat.AnswerListener;
import io.witan.chat.AnswerRemote;
import io.witan.chat.Question;
import io.witan.chat.SourceCheck;
import io.witan.chat.Writing;
import io.witan.chat.WritingEnd;
import io.witan.chat.writing.Hearing.Heard;
import io.witan.identity.AccessScope;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GenerationFailed;
import io.witan.models.generation.GenerationRun;
import io.witan.models.generation.Generator;
import io.witan.models.generation.GeneratorGone;
import io.witan.models.generation.GeneratorInfo;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.Generators;
import io.witan.retrieval.Hit;
import io.witan.shared.Failure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Has the active model write an answer from what was found. */
@Component
public class AnswerWriter {
  private static final long READING_EVERY_MILLIS = 200;

  private final Generators generators;
  private final Choosing choosing;
  private final SourceCheck check;
  private final WritingSettings settings;

  @Autowired
  AnswerWriter(
      Generators generators, Material.Choice choice, SourceCheck check, WritingSettings settings) {
    this(generators, choice::of, check, settings);
  }

  private AnswerWriter(
      Generators generators, Choosing choosing, SourceCheck check, WritingSettings settings) {
    this.generators = generators;
    this.choosing = choosing;
    this.check = check;
    this.settings = settings;
  }

  /** What may be given to a generator. */
  @FunctionalInterface
  interface Choosing {
    Material of(AccessScope scope, GeneratorInfo generator, Question question, List<Hit> hits);
  }

  /**
   * A writer that reads all it is given, however long that takes and whoever may read it: for
   * evaluations, which need no database then.
   *
   * @param generator null for one that writes nothing
   */
  public static AnswerWriter ofGiven(@Nullable Generator generator) {
    return new AnswerWriter(
        () -> Optional.ofNullable(generator),
        (scope, info, question, hits) -> Material.given(hits, question.turns()),
        (scope, textVersion, range) -> true,
        WritingSettings.PATIENT);
  }

  /**
   * Writes an answer; what there was before a failure has been told to the listener.
   *
   * @param hits what may be read for it, best first
   * @param collections that were searched
   * @return nothing written if no model is active that can answer, it has not room for one passage,
   *     or no passage may be sent to it
   * @throws Failure if too many wait, or the model could not go on
   */
  public Outcome write(
      AccessScope scope,
      Question question,
      AssistantSettings assistant,
      List<Hit> hits,
      int collections,
      AnswerListener listener) {
    try {
      return once(scope, question, assistant, hits, collections, listener);
    } catch (GeneratorGone replaced) {
      return once(scope, question, assistant, hits, collections, listener);
    }
  }

  private Outcome once(
      AccessScope scope,
      Question question,
      AssistantSettings assistant,
      List<Hit> hits,
      int collections,
      AnswerListener listener) {
    var active = generators.active().filter(it -> it.info().chatTemplate());
    if (active.isEmpty()) {
      return Outcome.NONE;
    }
    var generator = active.get();
    var material = choosing.of(scope, generator.info(), question, hits);
    var fitting = Reading.of(generator, settings, assistant, question, material);
    var remote = remote(generator.info(), fitting.isPresent(), material.withheld());
    if (remote != null) {
      listener.on(new AnswerEvent.LeavingSettled(remote));
    }
    if (fitting.isEmpty() || listener.isStopped()) {
      return new Outcome(null, remote);
    }
    var reading = fitting.get();
    var writing = writing(generator, question, assistant, reading);
    var request = request(scope, generator, assistant, reading, writing);
    var stretches = reading.context().stretches();
    var evidence = new Evidence(scope, check, question.text(), stretches, material.hits());
    var composition = new Composition(evidence, listener);
    var written = written(generator, request, writing, composition, collections, hits, listener);
    return new Outcome(written, remote);
  }

  /** Null where nothing is to be told: all stays here, or nothing that was found could be read. */
  private static @Nullable AnswerRemote remote(GeneratorInfo info, boolean sent, int withheld) {
    var host = info.host();
    return host == null || (!sent && withheld == 0)
        ? null
        : new AnswerRemote(host, info.name(), sent, withheld);
  }

  private Written written(
      Generator generator,
      GeneratorRequest request,
      Writing writing,
      Composition composition,
      int collections,
      List<Hit> hits,
      AnswerListener listener) {
    var hearing = new Hearing();
    var run = generator.start(request, hearing);
    GenerationEnd end;
    try {
      listener.on(new AnswerEvent.WritingBegun(writing));
      end = follow(run, hearing, composition, new Teller(listener, collections, hits.size()));
    } finally {
      run.cancel();
    }
    composition.finish();
    fail(end, composition, listener);
    return new Written(
        composition.blocks(),
        composition.citations(),
        writing,
        new WritingEnd(
            end.reason() == GenerationEnd.Reason.LENGTH,
            end.generatedTokens(),
            end.reusedTokens(),
            end.queued(),
            end.firstToken(),
            composition.dropped()),
        composition.saysAbsent());
  }

  private static Writing writing(
      Generator generator, Question question, AssistantSettings assistant, Reading reading) {
    return new Writing(
        generator.info(),
        SamplingChoice.of(assistant.sampling(), question.variation()),
        reading.answerTokens(),
        WritingPrompt.VERSION,
        reading.promptTokens(),
        reading.read(),
        reading.context().stretches(),
        reading.sources());
  }

  private GeneratorRequest request(
      AccessScope scope,
      Generator generator,
      AssistantSettings assistant,
      Reading reading,
      Writing writing) {
    var person = scope.requirePerson().value().toString();
    var request =
        GeneratorRequest.of(
                reading.prompt(),
                writing.sampling(),
                writing.maxTokens(),
                person,
                WritingPrompt.publicKey(assistant),
                person,
                settings.longestAnswer())
            .withAdapter(adapter(generator, assistant));
    return writing.model().local() ? request : request.leaving(); // chosen for it by Material
  }

  /** The assistant's adapter, if the model that answers has it. */
  private static @Nullable String adapter(Generator generator, AssistantSettings assistant) {
    var wanted = assistant.adapter();
    return wanted != null && generator.adapters().stream().anyMatch(wanted::equalsIgnoreCase)
        ? wanted
        : null;
  }

  private static GenerationEnd follow(
      GenerationRun run, Hearing hearing, Composition composition, Teller teller) {
    boolean ending = false;
    while (true) {
      if (!ending && (teller.isStopped() || composition.saysAbsent())) {
        ending = true;
        run.cancel();
      }
      switch (next(run, hearing)) {
        case null -> {}
        case Heard.Queued queued -> teller.queued(queued.position());
        case Heard.Read read -> teller.reading(read.tokens(), read.ofTokens());
        case Heard.Piece piece -> {
          if (!ending) {
            teller.writing();
            composition.accept(piece.text());
          }
        }
        case Heard.Ended ended -> {
          return ended.end();
        }
      }
    }
  }

  private static @Nullable Heard next(GenerationRun run, Hearing hearing) {
    try {
      return hearing.next(run);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new GenerationFailed();
    }
  }

  private void fail(GenerationEnd end, Composition composition, AnswerListener listener) {
    switch (end.reason()) {
      case STOP, LENGTH -> {}
      case CANCELLED -> {
        if (!listener.isStopped() && !composition.saysAbsent()) {
          throw new GenerationFailed();
        }
      }
      case DEADLINE -> throw new AnswerTookTooLong(settings.longestAnswer());
      case FAILED -> throw GenerationFailed.of(end);
    }
  }

  /** Tells how far the model is, but not more often than anybody can read. */
  private static final class Teller {
    private final AnswerListener listener;
    private final int collections;
    private final int passages;
    private long toldAt;
    private boolean writing;

    private Teller(AnswerListener listener, int collections, int passages) {
      this.listener = listener;
      this.collections = collections;
      this.passages = passages;
    }

    boolean isStopped() {
      return listener.isStopped();
    }

    void queued(int position) {
      listener.on(
          new AnswerEvent.Progress(Stage.QUEUED, collections, passages, position, null, null));
    }

    void reading(int tokens, int ofTokens) {
      long now = System.nanoTime() / 1_000_000;
      if (tokens >= ofTokens || toldAt == 0 || now - toldAt >= READING_EVERY_MILLIS) {
        toldAt = now;
        listener.on(
            new AnswerEvent.Progress(Stage.READING, collections, passages, null, tokens, ofTokens));
      }
    }

    void writing() {
      if (!writing) {
        writing = true;
        listener.on(new AnswerEvent.Progress(Stage.WRITING, collections, passages));
      }
    }
  }
}
