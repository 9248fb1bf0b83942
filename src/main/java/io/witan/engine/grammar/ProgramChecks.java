package io.witan.engine.grammar;

import io.witan.engine.EngineException;
import java.util.List;

/** Refuses rules that never end, and those that begin with themselves. */
final class ProgramChecks {
  private final Program program;
  private final List<String> names;
  private final boolean[] canEnd;
  private final boolean[] canBeEmpty;

  ProgramChecks(Program program, List<String> names) {
    this.program = program;
    this.names = names;
    this.canEnd = new boolean[names.size()];
    this.canBeEmpty = new boolean[names.size()];
  }

  void check() {
    grow(canEnd, false);
    grow(canBeEmpty, true);
    for (int rule = 0; rule < canEnd.length; rule++) {
      if (!canEnd[rule]) {
        throw new EngineException.InvalidGrammar(
            "no text of the rule “%s” ever ends".formatted(names.get(rule)));
      }
    }
    byte[] colours = new byte[names.size()];
    for (int rule = 0; rule < colours.length; rule++) {
      visit(rule, colours);
    }
  }

  private void grow(boolean[] holds, boolean empty) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int rule = holds.length - 1; rule >= 0; rule--) {
        if (!holds[rule] && anyHolds(rule, holds, empty)) {
          holds[rule] = true;
          changed = true;
        }
      }
    }
  }

  private boolean anyHolds(int rule, boolean[] holds, boolean empty) {
    for (int start : program.alternatives()[rule]) {
      int at = start;
      while (passes(at, holds, empty)) {
        if (program.kinds()[at] == Program.END) {
          return true;
        }
        at++;
      }
    }
    return false;
  }

  private boolean passes(int at, boolean[] holds, boolean empty) {
    return switch (program.kinds()[at]) {
      case Program.END -> true;
      case Program.BYTES -> !empty;
      case Program.RULE -> holds[program.arguments()[at]];
      default -> program.least()[at] == 0 || holds[program.arguments()[at]];
    };
  }

  /** Follows what a rule may begin with, without recursion: a chain may be long. */
  private void visit(int start, byte[] colours) {
    if (colours[start] != 0) {
      return;
    }
    var path = new java.util.ArrayDeque<int[]>();
    path.push(new int[] {start, 0, program.alternatives()[start][0]});
    colours[start] = 1;
    while (!path.isEmpty()) {
      int[] top = path.peek();
      int next = nextLeft(top);
      if (next < 0) {
        colours[top[0]] = 2;
        path.pop();
      } else if (colours[next] == 1) {
        throw new EngineException.InvalidGrammar(
            "the rule “%s” begins with itself (left recursion)".formatted(names.get(next)));
      } else if (colours[next] == 0) {
        colours[next] = 1;
        path.push(new int[] {next, 0, program.alternatives()[next][0]});
      }
    }
  }

  /** The next rule that it may begin with, moving on; -1 if there is none. */
  private int nextLeft(int[] top) {
    int[] starts = program.alternatives()[top[0]];
    while (top[1] < starts.length) {
      int at = top[2];
      byte kind = program.kinds()[at];
      boolean calls = kind == Program.RULE || kind == Program.REPEAT;
      boolean goesOn =
          calls
              && (canBeEmpty[program.arguments()[at]]
                  || (kind == Program.REPEAT && program.least()[at] == 0));
      if (goesOn) {
        top[2]++;
      } else if (++top[1] < starts.length) {
        top[2] = starts[top[1]];
      }
      if (calls) {
        return program.arguments()[at];
      }
    }
    return -1;
  }
}
