package io.witan.chat.conversations;

import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TextVersionId;
import io.witan.chat.AnswerBlock;
import io.witan.chat.AnswerEvent;
import io.witan.chat.AnswerListener;
import io.witan.chat.AnswerRemote;
import io.witan.chat.Citation;
import io.witan.chat.Writing;
import io.witan.chat.conversations.RunningAnswers.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Stores what happens and tells the client: evidence before it is told, words of a model about each
 * second, so that a crash loses no more of them. Not for use by several threads.
 */
final class Recorder implements AnswerListener {
  private static final long STORED_EVERY_NANOS = 1_000_000_000L;

  private final Storage storage;
  private final Run run;
  private final AnswerClient client;
  private final Map<TextVersionId, DocumentId> used = new HashMap<>();
  private final StringBuilder text = new StringBuilder();
  private final List<Citation> unsaved = new ArrayList<>();
  private int place = -1;
  private long storedAt = System.nanoTime();

  /** Where it is stored; false if the answer is no longer there to be written. */
  interface Storage {
    boolean leaving(AnswerRemote remote);

    boolean begin(Writing writing);

    /**
     * @param fresh citations that are not stored yet
     */
    boolean block(int place, AnswerBlock.Kind kind, String text, List<Citation> fresh);
  }

  Recorder(Storage storage, Run run, AnswerClient client) {
    this.storage = storage;
    this.run = run;
    this.client = client;
  }

  /** Texts that the answer may rest on, and their documents. */
  Map<TextVersionId, DocumentId> used() {
    return Map.copyOf(used);
  }

  @Override
  public void on(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.Progress progress -> client.on(progress);
      case AnswerEvent.PassagesFound found -> client.on(found);
      case AnswerEvent.LeavingSettled leaving ->
          tell(leaving, () -> storage.leaving(leaving.remote()));
      case AnswerEvent.WritingBegun begun -> {
        begun
            .writing()
            .stretches()
            .forEach(it -> use(it.best().textVersionId(), it.best().documentId()));
        tell(begun, () -> storage.begin(begun.writing()));
      }
      case AnswerEvent.TextWritten more -> more(more);
      case AnswerEvent.BlockWritten block -> block(block);
    }
  }

  private void use(TextVersionId version, DocumentId document) {
    used.put(version, document);
  }

  private void more(AnswerEvent.TextWritten more) {
    if (more.place() != place) {
      place = more.place();
      text.setLength(0);
    }
    text.append(more.delta());
    unsaved.addAll(more.citations());
    boolean due = System.nanoTime() - storedAt >= STORED_EVERY_NANOS;
    if (unsaved.isEmpty() && !due) {
      client.on(more);
    } else {
      tell(more, () -> store(AnswerBlock.Kind.TEXT, text.toString()));
    }
  }

  private void block(AnswerEvent.BlockWritten block) {
    block
        .citations()
        .forEach(it -> use(new TextVersionId(it.textVersionId()), new DocumentId(it.documentId())));
    if (block.place() != place) {
      place = block.place();
      unsaved.addAll(block.citations());
    }
    tell(block, () -> store(block.block().kind(), block.block().text()));
  }

  private boolean store(AnswerBlock.Kind kind, String words) {
    boolean stored = storage.block(place, kind, words, List.copyOf(unsaved));
    unsaved.clear();
    storedAt = System.nanoTime();
    return stored;
  }

  private void tell(AnswerEvent event, BooleanSupplier storing) {
    if (storing.getAsBoolean()) {
      client.on(event);
    } else {
      run.stop();
    }
  }

  @Override
  public boolean isStopped() {
    return run.isStopped() || client.isGone();
  }
}
