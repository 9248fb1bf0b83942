package io.witan.identity.signin;

import io.witan.identity.people.Account;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes and checks passwords with Argon2id (19 MiB, two passes, one lane: the OWASP minimum).
 *
 * <p>The stored hash names its algorithm, so that a later one can replace it at sign-in. A few
 * hashes run at a time; more would let strangers take all memory.
 */
@Component
public class Passwords {
  public static final int MIN_LENGTH = 10;
  public static final int MAX_LENGTH = 256;
  private static final int MIN_DISTINCT = 5;
  private static final int MEMORY_KIB = 19 * 1024;
  private static final Set<String> COMMON =
      Set.of(
          "1234567890",
          "0123456789",
          "12345678910",
          "123456789012",
          "1q2w3e4r5t",
          "qwertyuiop",
          "qwerty123456",
          "qwertyuiop123",
          "1qaz2wsx3edc",
          "password12",
          "password123",
          "password1234",
          "passw0rd123",
          "administrator",
          "adminadmin",
          "admin12345",
          "letmein123",
          "welcome123",
          "welcome1234",
          "changeme123",
          "iloveyou123",
          "woaini1314",
          "woaini520520",
          "q1w2e3r4t5",
          "abcdefghij",
          "abcd123456",
          "abc1234567",
          "asdfghjkl123",
          "zxcvbnm123",
          "zaq12wsxcde3",
          "correcthorse",
          "sunshine123",
          "football123",
          "monkey12345",
          "witanwitan",
          "witan12345");

  private final PasswordEncoder encoder =
      new DelegatingPasswordEncoder(
          "argon2id", Map.of("argon2id", new Argon2PasswordEncoder(16, 32, 1, MEMORY_KIB, 2)));
  private final Semaphore slots = new Semaphore(4, true);
  private final String hashOfNobody = encoder.encode("no account has this password");

  Passwords() {}

  String hash(String password) {
    return limited(() -> Objects.requireNonNull(encoder.encode(password)));
  }

  /** Whether the password is the account's; takes as long when there is no account. */
  boolean matches(String password, @Nullable Account account) {
    var stored = account == null ? null : account.passwordHash();
    boolean equal =
        limited(() -> encoder.matches(password, stored == null ? hashOfNobody : stored));
    return equal && stored != null;
  }

  /**
   * Refuses what is guessed first.
   *
   * @throws PasswordTooWeak saying what to change
   */
  void requireStrong(String password, String email) {
    var lower = password.strip().toLowerCase(Locale.ROOT);
    var name = email.toLowerCase(Locale.ROOT);
    var localPart = name.contains("@") ? name.substring(0, name.indexOf('@')) : name;
    if (password.length() < MIN_LENGTH) {
      throw new PasswordTooWeak("Use at least " + MIN_LENGTH + " characters.");
    }
    if (password.length() > MAX_LENGTH) {
      throw new PasswordTooWeak("Use at most " + MAX_LENGTH + " characters.");
    }
    if (lower.equals(name) || lower.equals(localPart)) {
      throw new PasswordTooWeak("Do not use your e-mail address as your password.");
    }
    if (COMMON.contains(lower) || lower.chars().distinct().count() < MIN_DISTINCT) {
      throw new PasswordTooWeak("This password is among the first to be guessed; use another.");
    }
  }

  private <T> T limited(Supplier<T> work) {
    slots.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      slots.release();
    }
  }
}
