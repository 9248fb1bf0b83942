package io.witan.models.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Encrypts keys for the database with AES-256-GCM, so that a copy of the database does not hold
 * them. Each is bound to what it is for: a row that was changed gives no key away.
 *
 * <p>The secret is {@code witan.secret-key}, which several replicas share, or a file that is made
 * in the state directory when it is first needed.
 */
@Component
public final class KeySeal {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int SECRET_BYTES = 32;

  private final String configured;
  private final Path file;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param configured 32 bytes in Base64; empty for a file of this machine
   */
  public KeySeal(
      @Value("${witan.secret-key:}") String configured, @Value("${witan.data:var}") Path state) {
    this.configured = configured.strip();
    this.file = state.resolve("secret.key");
    if (!this.configured.isEmpty()) {
      decoded(this.configured); // refuses to start with a wrong one
    }
  }

  /**
   * @param purpose must be the same when it is opened
   */
  public byte[] seal(String key, String purpose) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      var cipher = cipher(Cipher.ENCRYPT_MODE, nonce, purpose);
      var sealed = cipher.doFinal(key.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("cannot encrypt", impossible);
    }
  }

  /**
   * @throws GeneralSecurityException if it was sealed with another secret, or for something else
   */
  public String open(byte[] sealed, String purpose) throws GeneralSecurityException {
    if (sealed.length <= NONCE_BYTES) {
      throw new GeneralSecurityException("too short");
    }
    var nonce = java.util.Arrays.copyOf(sealed, NONCE_BYTES);
    var cipher = cipher(Cipher.DECRYPT_MODE, nonce, purpose);
    var key = cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    return new String(key, StandardCharsets.UTF_8);
  }

  private Cipher cipher(int mode, byte[] nonce, String purpose) throws GeneralSecurityException {
    var cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, secret(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private SecretKey secret() {
    try {
      return decoded(configured.isEmpty() ? ofFile() : configured);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SecretKey decoded(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException notBase64) {
      bytes = new byte[0]; // whose exception would repeat a part of it
    }
    if (bytes.length != SECRET_BYTES) {
      throw new IllegalStateException("witan.secret-key must be 32 bytes in Base64");
    }
    return new SecretKeySpec(bytes, "AES");
  }

  private String ofFile() throws IOException {
    if (!Files.exists(file)) {
      make();
    }
    return Files.readString(file);
  }

  /** Readable by this user only, and there whole or not at all. */
  private void make() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    var secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    var attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    var part = Files.createTempFile(file.toAbsolutePath().getParent(), "secret", "", attributes);
    try {
      Files.writeString(part, Base64.getEncoder().encodeToString(secret));
      if (posix) {
        Files.createLink(file, part); // unlike a move, never over one that another process made
      } else {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (FileAlreadyExistsException another) {
      // made by another process at this moment
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
