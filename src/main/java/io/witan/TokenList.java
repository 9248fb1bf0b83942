package io.witan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Token ids as people write them: separated by commas or white space. */
final class TokenList {
  private TokenList() {}

  /** The ids in {@code text}, or in {@code file} if there is no text. */
  static int[] of(@Nullable String text, @Nullable Path file) {
    if (text == null && file == null) {
      throw new CommandProblem("Give the tokens with --tokens or --tokens-file.");
    }
    try {
      String ids = text != null ? text : Files.readString(file);
      int[] tokens =
          Arrays.stream(ids.replaceAll("[\\[\\]]", " ").split("[,\\s]+"))
              .filter(id -> !id.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
      if (tokens.length == 0) {
        throw new CommandProblem("There are no tokens.");
      }
      return tokens;
    } catch (NumberFormatException e) {
      throw new CommandProblem("Not a list of token ids: " + e.getMessage());
    } catch (IOException e) {
      throw new CommandProblem("Cannot read " + file + ": " + e.getMessage());
    }
  }
}
