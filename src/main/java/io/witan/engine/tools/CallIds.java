package io.witan.engine.tools;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names of calls: nine letters and digits, as the strictest templates want them. */
public final class CallIds {
  private static final int LENGTH = 9;
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final Pattern FITTING = Pattern.compile("[A-Za-z0-9]{9}");

  private CallIds() {}

  /** Another one each time. */
  static String fresh(RandomGenerator random) {
    return letters(random.nextLong());
  }

  /** The name itself if it fits, else one that is always the same for it. */
  public static String fitting(String id) {
    if (FITTING.matcher(id).matches()) {
      return id;
    }
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    return letters(hash);
  }

  private static String letters(long number) {
    var text = new StringBuilder();
    long rest = number;
    for (int i = 0; i < LENGTH; i++) {
      text.append(LETTERS.charAt((int) Long.remainderUnsigned(rest, LETTERS.length())));
      rest = Long.divideUnsigned(rest, LETTERS.length());
    }
    return text.toString();
  }
}
