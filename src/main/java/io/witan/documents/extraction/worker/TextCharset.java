package io.witan.documents.extraction.worker;

import com.ibm.icu.text.CharsetDetector;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the character set of plain text and decodes it. */
final class TextCharset {

  private static final int SAMPLE_BYTES = 64 * 1024;

  private TextCharset() {}

  /** Never fails: bytes that fit no character set become replacement characters. */
  static String decode(byte[] bytes) {
    var marked = byteOrderMark(bytes);
    if (marked != null) {
      return new String(bytes, marked);
    }
    var utf16 = utf16ByZeros(bytes);
    if (utf16 != null) {
      return new String(bytes, utf16);
    }
    var utf8 = strictly(bytes, StandardCharsets.UTF_8);
    if (utf8 != null) {
      return utf8;
    }
    if (isAlmostUtf8(bytes)) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    return decodeDetected(bytes);
  }

  static boolean hasByteOrderMark(byte[] bytes) {
    return byteOrderMark(bytes) != null;
  }

  /** True where the bytes have no zeros and few control characters, or are UTF-16. */
  static boolean looksLikeText(byte[] sample) {
    if (byteOrderMark(sample) != null || utf16ByZeros(sample) != null) {
      return true;
    }
    int controls = 0;
    for (byte b : sample) {
      if (b == 0) {
        return false;
      }
      if (b > 0 && b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != 0x1B) {
        controls++;
      }
    }
    return controls * 100 <= sample.length;
  }

  private static @Nullable Charset byteOrderMark(byte[] b) {
    if (b.length >= 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF) {
      return StandardCharsets.UTF_8;
    }
    if (b.length >= 2 && b[0] == (byte) 0xFF && b[1] == (byte) 0xFE) {
      return b.length >= 4 && b[2] == 0 && b[3] == 0
          ? StandardCharsets.UTF_32LE
          : StandardCharsets.UTF_16LE;
    }
    if (b.length >= 2 && b[0] == (byte) 0xFE && b[1] == (byte) 0xFF) {
      return StandardCharsets.UTF_16BE;
    }
    return null;
  }

  /** Unmarked UTF-16 of mostly Latin text has zeros at every other place. */
  private static @Nullable Charset utf16ByZeros(byte[] bytes) {
    int pairs = Math.min(bytes.length, SAMPLE_BYTES) / 2;
    if (pairs < 4) {
      return null;
    }
    int evenZeros = 0;
    int oddZeros = 0;
    for (int i = 0; i < pairs; i++) {
      evenZeros += bytes[2 * i] == 0 ? 1 : 0;
      oddZeros += bytes[2 * i + 1] == 0 ? 1 : 0;
    }
    if (oddZeros > pairs / 3 && evenZeros < pairs / 50 + 1) {
      return StandardCharsets.UTF_16LE;
    }
    return evenZeros > pairs / 3 && oddZeros < pairs / 50 + 1 ? StandardCharsets.UTF_16BE : null;
  }

  private static @Nullable String strictly(byte[] bytes, Charset charset) {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** A few broken bytes (a cut end, a pasted character) in otherwise sound UTF-8. */
  private static boolean isAlmostUtf8(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    long broken = text.chars().filter(c -> c == '\uFFFD').count();
    long multiByte = text.chars().filter(c -> c > 0x7F && c != '\uFFFD').count();
    return multiByte > 20 * broken;
  }

  private static String decodeDetected(byte[] bytes) {
    var sample = bytes.length > SAMPLE_BYTES ? Arrays.copyOf(bytes, SAMPLE_BYTES) : bytes;
    for (var match : new CharsetDetector().setText(sample).detectAll()) {
      var name = match.getName().toUpperCase(Locale.ROOT);
      if (name.startsWith("UTF") || name.contains("IBM4") || name.startsWith("ISO-2022")) {
        continue;
      }
      if (name.startsWith("ISO-8859-1") && !name.startsWith("ISO-8859-15")) {
        name = "WINDOWS-1252";
      }
      name = name.replace("_LTR", "").replace("_RTL", "");
      if (Charset.isSupported(name)) {
        var text = strictly(bytes, Charset.forName(name));
        if (text != null) {
          return text;
        }
      }
    }
    return new String(bytes, Charset.forName("windows-1252"));
  }
}
