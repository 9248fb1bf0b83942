package io.witan.chat.writing;

import io.witan.chat.AnswerBlock;
import io.witan.chat.AnswerEvent;
import io.witan.chat.AnswerListener;
import io.witan.chat.Citation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes blocks with checked citations of what a model writes. Nothing is shown before the first
 * citation holds: a text that rests on nothing is not seen, not even for a moment. In the blocks'
 * text {@code [n]} stands for the citation with that number, and for nothing else. Not for use by
 * several threads.
 */
final class Composition implements MarkerParser.Sink {
  private final Citing citing;
  private final AnswerListener listener;
  private final MarkerParser parser = new MarkerParser(this);
  private final List<AnswerBlock> blocks = new ArrayList<>();
  private final List<Citation> citations = new ArrayList<>();
  private final StringBuilder all = new StringBuilder();

  // of the block that is being written
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder breaks = new StringBuilder();
  private final List<Citation> own = new ArrayList<>();
  private int statementStart;
  private String statement = "";
  private int sent;
  private int told;
  private boolean afterMarker;

  private boolean shown;

  /** Blocks that were told, once anything may be shown. */
  private int waiting;

  private int dropped;

  /** Finds the evidence of a statement. */
  @FunctionalInterface
  interface Citing {
    /**
     * @param stretch the number that the model gave
     * @param statement what is to be supported; empty if nothing was said yet
     * @param number of the citation
     * @return empty if there is no such stretch, or it may not be shown
     */
    Optional<Citation> cite(int stretch, String statement, int number);
  }

  Composition(Citing citing, AnswerListener listener) {
    this.citing = citing;
    this.listener = listener;
  }

  void accept(String delta) {
    all.append(delta);
    parser.accept(delta);
    tell();
  }

  void finish() {
    parser.finish();
    endBlock();
  }

  /** Blocks that may be shown; none if no statement has a citation. */
  List<AnswerBlock> blocks() {
    return shown ? List.copyOf(blocks) : List.of();
  }

  List<Citation> citations() {
    return List.copyOf(citations);
  }

  /** Markers that stood for nothing. */
  int dropped() {
    return dropped;
  }

  /** Whether the model began by saying that the passages do not hold the answer. */
  boolean saysAbsent() {
    return !shown && all.toString().strip().startsWith(WritingPrompt.ABSENT);
  }

  @Override
  public void text(String added) {
    for (int i = 0; i < added.length(); i++) {
      char c = added.charAt(i);
      if (c == '\n' || (!breaks.isEmpty() && (c == ' ' || c == '\t'))) {
        breaks.append(c);
      } else if (c != '\r') {
        lineBreaks();
        boolean link = afterMarker && (c == '(' || c == ':');
        text.append(link ? "\\" : "").append(c);
        afterMarker = false;
      }
    }
  }

  /** A blank line ends a block, but not within code. */
  private void lineBreaks() {
    if (breaks.isEmpty()) {
      return;
    }
    boolean blank = breaks.indexOf("\n") != breaks.lastIndexOf("\n");
    if (blank && !text.isEmpty() && !inCode()) {
      endBlock();
    } else if (!text.isEmpty()) {
      text.append(breaks);
    }
    breaks.setLength(0);
    afterMarker = false;
  }

  private boolean inCode() {
    return text.toString().lines().filter(line -> line.stripLeading().startsWith("```")).count() % 2
        == 1;
  }

  @Override
  public void marker(String space, List<Integer> numbers) {
    var since = Statements.last(text.substring(statementStart));
    statement = since.isEmpty() ? statement : since;
    var before = space;
    for (int number : numbers) {
      var citation = cite(number);
      if (citation.isEmpty()) {
        dropped++;
        continue;
      }
      var mark = "[" + citation.get().number() + "]";
      if (!afterMarker || !text.toString().endsWith(mark)) {
        text.append(before).append(mark);
        before = "";
      }
      afterMarker = true;
      shown = true;
    }
    statementStart = text.length();
  }

  private Optional<Citation> cite(int stretch) {
    var found = citing.cite(stretch, statement, citations.size() + 1);
    if (found.isEmpty()) {
      return found;
    }
    var citation = found.get();
    var known = own.stream().filter(it -> samePlace(it, citation)).findFirst();
    if (known.isEmpty()) {
      own.add(citation);
      citations.add(citation);
    }
    return known.or(() -> found);
  }

  private static boolean samePlace(Citation one, Citation other) {
    return one.textVersionId().equals(other.textVersionId())
        && one.start() == other.start()
        && one.end() == other.end();
  }

  private void endBlock() {
    if (!text.toString().isBlank()) {
      tell();
      var numbers = own.stream().map(Citation::number).toList();
      var block = new AnswerBlock(AnswerBlock.Kind.TEXT, text.toString().stripTrailing(), numbers);
      blocks.add(block);
      if (shown) {
        written(blocks.size() - 1, List.copyOf(own));
      }
    }
    text.setLength(0);
    own.clear();
    statementStart = 0;
    statement = "";
    sent = 0;
    told = 0;
    afterMarker = false;
  }

  /** Sends what is new in the block, and first the blocks that waited for a citation. */
  private void tell() {
    if (!shown) {
      return;
    }
    for (; waiting < blocks.size(); waiting++) {
      var block = blocks.get(waiting);
      listener.on(new AnswerEvent.TextWritten(waiting, block.text(), List.of()));
      listener.on(new AnswerEvent.BlockWritten(waiting, block, List.of()));
    }
    if (sent < text.length() || told < own.size()) {
      var delta = text.substring(sent);
      var fresh = List.copyOf(own.subList(told, own.size()));
      sent = text.length();
      told = own.size();
      listener.on(new AnswerEvent.TextWritten(blocks.size(), delta, fresh));
    }
  }

  private void written(int place, List<Citation> evidence) {
    waiting = place + 1;
    listener.on(new AnswerEvent.BlockWritten(place, blocks.get(place), evidence));
  }
}
