package io.witan.engine;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of one of several files of a model: llama.cpp splits one as {@code
 * NAME-00001-of-00003.gguf} and so on.
 *
 * @param model what comes before the numbers
 * @param number 1 for the first
 * @param count at least 2
 */
public record PartName(String model, int number, int count) {
  private static final Pattern NAME =
      Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf", Pattern.DOTALL);

  public PartName {
    if (count < 2 || number < 1 || number > count) {
      throw new IllegalArgumentException("part " + number + " of " + count);
    }
  }

  /** What a file's name says; empty if it is none of a part. */
  public static Optional<PartName> of(String fileName) {
    var name = NAME.matcher(fileName);
    if (!name.matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(name.group(2));
    int count = Integer.parseInt(name.group(3));
    return count < 2 || number < 1 || number > count
        ? Optional.empty()
        : Optional.of(new PartName(name.group(1), number, count));
  }

  /** How the name of a part ends. */
  public static String suffix(int number, int count) {
    return String.format(Locale.ROOT, "-%05d-of-%05d.gguf", number, count);
  }

  public boolean isFirst() {
    return number == 1;
  }

  public PartName part(int other) {
    return new PartName(model, other, count);
  }

  public String fileName() {
    return model + suffix(number, count);
  }

  /** The name that all parts have together when they are joined. */
  public String joined() {
    return model + ".gguf";
  }
}
