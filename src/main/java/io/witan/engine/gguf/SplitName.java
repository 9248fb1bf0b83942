package io.witan.engine.gguf;

import io.witan.engine.EngineException;
import io.witan.engine.PartName;
import java.nio.file.Path;
import java.util.List;

/** The parts of a model: llama.cpp splits one as {@code NAME-00001-of-00003.gguf} and so on. */
record SplitName(Path first, String prefix, int count) {
  private static final int MOST_PARTS = 10_000;

  static SplitName none(Path path) {
    return new SplitName(path, "", 1);
  }

  static SplitName of(Path path, GgufMetadata metadata) {
    int count = metadata.findInt("split.count").orElse(1);
    if (count <= 1) {
      return none(path);
    }
    if (count > MOST_PARTS) {
      throw new EngineException.InvalidFile(path + ": split.count is " + count);
    }
    String name = String.valueOf(path.getFileName());
    int number = metadata.findInt("split.no").orElse(0);
    String expected = suffix(number, count);
    if (!name.endsWith(expected)) {
      throw new EngineException.InvalidFile(
          "%s is one of %d parts: its name must end with %s".formatted(path, count, expected));
    }
    String prefix = name.substring(0, name.length() - expected.length());
    if (number != 0) {
      throw new EngineException.InvalidFile(
          "%s is part %d of %d: open %s"
              .formatted(path, number + 1, count, prefix + suffix(0, count)));
    }
    return new SplitName(path, prefix, count);
  }

  private static String suffix(int number, int count) {
    return PartName.suffix(number + 1, count);
  }

  Path part(int number) {
    return number == 0 ? first : first.resolveSibling(prefix + suffix(number, count));
  }

  void check(int number, GgufPart part) {
    if (count == 1) {
      return;
    }
    int actualNumber = part.metadata().findInt("split.no").orElse(-1);
    int actualCount = part.metadata().findInt("split.count").orElse(-1);
    if (actualNumber != number || actualCount != count) {
      throw new EngineException.InvalidFile(
          "%s says it is part %d of %d: the parts do not belong together"
              .formatted(part(number), actualNumber + 1, actualCount));
    }
  }

  void checkTotal(List<GgufPart> parts) {
    long expected = parts.getFirst().metadata().findLong("split.tensors.count").orElse(-1);
    long actual = parts.stream().mapToLong(part -> part.tensors().size()).sum();
    if (count > 1 && expected >= 0 && expected != actual) {
      throw new EngineException.InvalidFile(
          "%s: the parts have %d tensors, not %d".formatted(first, actual, expected));
    }
  }
}
