package io.witan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where a command reads what must not be shown. */
interface Keyboard {

  /** Whether a person sits there and can be asked. */
  boolean isTerminal();

  /** What is typed after the prompt, never shown; null at the end of input. */
  char @Nullable [] readUnseen(String prompt);

  /** The next line of what is piped in; null at the end of input. */
  @Nullable String readLine();

  /** A secret of one line, typed unseen or piped in; null if none is given. */
  default @Nullable String secret(String prompt) {
    if (!isTerminal()) {
      var piped = readLine();
      return piped == null || piped.isBlank() ? null : piped;
    }
    char[] typed = readUnseen(prompt);
    if (typed == null || typed.length == 0) {
      return null;
    }
    var secret = new String(typed);
    Arrays.fill(typed, ' ');
    return secret;
  }

  /** The terminal or standard input of this process. */
  static Keyboard ofProcess() {
    var console = System.console();
    return new Keyboard() {
      @Override
      public boolean isTerminal() {
        return console != null && console.isTerminal();
      }

      @Override
      public char @Nullable [] readUnseen(String prompt) {
        return console == null ? null : console.readPassword("%s", prompt);
      }

      @Override
      public @Nullable String readLine() {
        try {
          var input = new InputStreamReader(System.in, StandardCharsets.UTF_8);
          return new BufferedReader(input).readLine();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
