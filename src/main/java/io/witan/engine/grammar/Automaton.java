package io.witan.engine.grammar;

import io.witan.engine.EngineException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows a grammar byte by byte: a state is all stacks of open rules that the bytes so far allow.
 * States are made when they are first needed and kept, so that the same stretch is never worked out
 * twice. Safe for use by several threads.
 */
final class Automaton {
  private static final int MOST_STATES = 1 << 15;
  private static final int MOST_STACKS = 4096;
  private static final int MOST_WORK = 20_000;

  private final Program program;
  private final int horizon;
  private final Map<Frame.Key, Frame> frames = new HashMap<>();
  private final Map<Stacks, State> states = new HashMap<>();
  private final Map<Frame, Frame> similar = new HashMap<>();
  private int nextFrame;
  private @Nullable State start;

  /**
   * @param horizon bytes that are looked ahead at most: repetitions that far from their bounds are
   *     {@linkplain #similar alike}
   */
  Automaton(Program program, int horizon) {
    this.program = program;
    this.horizon = horizon;
  }

  /**
   * A place in an alternative, and what comes after it.
   *
   * @param count how often the repetition at this place has come
   */
  private record Frame(int id, int place, int count, @Nullable Frame after) {
    /** Frames are compared by identity. */
    private record Key(int place, int count, int after) {}

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return id;
    }
  }

  private record Stacks(List<Frame> stacks, boolean complete) {}

  /** Where a text stands. */
  final class State {
    private final List<Frame> stacks;
    private final boolean complete;
    private final @Nullable State[] next = new State[256];
    private @Nullable State similar;

    /** The tokens that may come here; whoever computes them keeps them here. */
    volatile @Nullable TokenMask mask;

    private State(List<Frame> stacks, boolean complete) {
      this.stacks = stacks;
      this.complete = complete;
    }

    /** Whether the text may end here. */
    boolean isComplete() {
      return complete;
    }

    /** Whether nothing may follow. */
    boolean isFinal() {
      return stacks.isEmpty();
    }

    /** After one more byte; null if that byte may not come. */
    @Nullable State next(int unsignedByte) {
      var known = next[unsignedByte];
      if (known == null) {
        known = advance(this, unsignedByte);
        next[unsignedByte] = known;
      }
      return known.isDead() ? null : known;
    }

    private boolean isDead() {
      return stacks.isEmpty() && !complete;
    }
  }

  synchronized State start() {
    var known = start;
    if (known == null) {
      var closing = new Closing();
      for (int place : program.alternatives()[program.root()]) {
        closing.add(frame(place, 0, null));
      }
      known = closing.state();
      start = known;
    }
    return known;
  }

  private synchronized State advance(State from, int unsignedByte) {
    if (states.size() > MOST_STATES) {
      forget();
    }
    var closing = new Closing();
    for (var frame : from.stacks) {
      BitSet set = program.sets().get(program.arguments()[frame.place]);
      if (set.get(unsignedByte)) {
        closing.add(frame(frame.place + 1, 0, frame.after));
      }
    }
    return closing.state();
  }

  /** Lets go of what was kept; whoever still holds a state can go on from it. */
  private void forget() {
    frames.clear();
    states.clear();
    similar.clear();
    start = null;
  }

  private Frame frame(int place, int count, @Nullable Frame after) {
    var key = new Frame.Key(place, count, after == null ? -1 : after.id);
    return frames.computeIfAbsent(key, fresh -> new Frame(nextFrame++, place, count, after));
  }

  /** Opens rules until a byte is due. */
  private final class Closing {
    private final HashSet<Frame> seen = new HashSet<>();
    private final ArrayDeque<Frame> open = new ArrayDeque<>();
    private final ArrayList<Frame> stacks = new ArrayList<>();
    private boolean complete;

    private void add(Frame frame) {
      push(frame);
      while (!open.isEmpty()) {
        expand(open.pop());
      }
    }

    private void push(Frame frame) {
      if (seen.add(frame)) {
        if (seen.size() > MOST_WORK) {
          throw tooAmbiguous();
        }
        open.push(frame);
      }
    }

    private void expand(Frame frame) {
      int place = frame.place;
      int rule = program.arguments()[place];
      switch (program.kinds()[place]) {
        case Program.END -> {
          if (frame.after == null) {
            complete = true;
          } else {
            push(frame.after);
          }
        }
        case Program.BYTES -> stacks.add(frame);
        case Program.RULE -> open(rule, after(place + 1, frame.after));
        default -> repeat(frame, rule);
      }
    }

    private void repeat(Frame frame, int rule) {
      int least = program.least()[frame.place];
      int most = program.most()[frame.place];
      if (frame.count >= least) {
        push(frame(frame.place + 1, 0, frame.after));
      }
      if (most < 0 || frame.count < most) {
        int count = most < 0 ? Math.min(frame.count + 1, least) : frame.count + 1;
        open(rule, frame(frame.place, count, frame.after));
      }
    }

    /** A place at the end of its alternative is left out, so that stacks do not grow. */
    private @Nullable Frame after(int place, @Nullable Frame after) {
      return program.kinds()[place] == Program.END ? after : frame(place, 0, after);
    }

    private void open(int rule, @Nullable Frame after) {
      for (int place : program.alternatives()[rule]) {
        push(frame(place, 0, after));
      }
    }

    private State state() {
      return stateOf(stacks, complete);
    }
  }

  private State stateOf(List<Frame> stacks, boolean complete) {
    if (stacks.size() > MOST_STACKS) {
      throw tooAmbiguous();
    }
    var sorted = stacks.stream().distinct().sorted(Comparator.comparingInt(Frame::id)).toList();
    return states.computeIfAbsent(
        new Stacks(sorted, complete), fresh -> new State(sorted, complete));
  }

  /**
   * A state that allows the same next tokens: counts that no token can bring to a bound are made
   * one. A text of at most a thousand characters then has a few hundred masks, not a thousand.
   */
  synchronized State similar(State state) {
    var known = state.similar;
    if (known == null) {
      var alike = state.stacks.stream().map(this::similar).toList();
      known = stateOf(alike, state.complete);
      state.similar = known;
    }
    return known;
  }

  private Frame similar(Frame frame) {
    var known = similar.get(frame);
    if (known != null) {
      return known;
    }
    var chain = new ArrayList<Frame>();
    for (var each = frame; each != null && !similar.containsKey(each); each = each.after) {
      chain.add(each);
    }
    Frame result = frame;
    for (var each : chain.reversed()) {
      var after = each.after == null ? null : similar.getOrDefault(each.after, each.after);
      result = frame(each.place, similarCount(each), after);
      similar.put(each, result);
    }
    return result;
  }

  private int similarCount(Frame frame) {
    if (program.kinds()[frame.place] != Program.REPEAT) {
      return frame.count;
    }
    int least = program.least()[frame.place];
    int most = program.most()[frame.place];
    if (frame.count < least) {
      return least - frame.count > horizon ? least - horizon - 1 : frame.count;
    }
    return most - frame.count > horizon ? Math.max(least, most - horizon - 1) : frame.count;
  }

  private static EngineException tooAmbiguous() {
    return new EngineException.InvalidGrammar(
        "the grammar can be followed in too many ways at once");
  }
}
