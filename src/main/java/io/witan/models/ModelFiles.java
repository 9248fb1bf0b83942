package io.witan.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The files of embedding models, which lie on the class path. */
final class ModelFiles {
  private ModelFiles() {}

  static byte[] weights(String file) {
    return read("/" + file + ".onnx");
  }

  static byte[] tokenizer(String file) {
    return read("/" + file + "-tokenizer.json");
  }

  /** First 12 hexadecimal digits of the SHA-256 of both files. */
  static String digest(String file) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      sha.update(weights(file));
      sha.update(tokenizer(file));
      return HexFormat.of().formatHex(sha.digest(), 0, 6);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] read(String path) {
    try (var in = ModelFiles.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the model file " + path + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
