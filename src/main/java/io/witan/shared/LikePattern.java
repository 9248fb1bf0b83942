package io.witan.shared;

/** Makes text that people type safe inside a {@code like} pattern. */
public final class LikePattern {
  private LikePattern() {}

  /** The text with the pattern characters and the escape character escaped. */
  public static String escape(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
