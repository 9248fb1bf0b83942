package io.witan.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rewriting a library's need of glibc 2.38; that the real one loads, the HNSW test shows. */
class ElfVersionNeedTests {
  private static final int NAMES = 64;
  private static final int SYMBOLS = 256;
  private static final int VERSIONS = 384;
  private static final int NEEDS = 400;
  private static final int SECTIONS = 512;
  private static final int BASE_HASH = 0x09691a75;
  private static final int NEW_HASH = 0x069691b8;

  @TempDir private Path directory = Path.of("");

  @Test
  void bindsTheSymbolToItsOldNameAndTheNeedToTheOldestVersion() throws IOException {
    Path library = write(library("__isoc23_strtol"));

    assertThat(ElfVersionNeed.lower(library)).containsExactly("strtol");

    var after = ByteBuffer.wrap(Files.readAllBytes(library)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(text(after, after.getInt(SYMBOLS + 24))).isEqualTo("malloc");
    assertThat(text(after, after.getInt(SYMBOLS + 48))).isEqualTo("strtol");
    assertThat(after.getInt(NEEDS + 32)).isEqualTo(BASE_HASH);
    assertThat(text(after, after.getInt(NEEDS + 40))).isEqualTo("GLIBC_2.2.5");
    assertThat(after.getShort(NEEDS + 38)).isEqualTo((short) 3);
    assertThat(ElfVersionNeed.lower(library)).isEmpty();
  }

  @Test
  void refusesALibraryThatNeedsMoreOfTheNewVersion() throws IOException {
    Path library = write(library("strlcpy"));
    byte[] before = Files.readAllBytes(library);

    assertThatThrownBy(() -> ElfVersionNeed.lower(library))
        .isInstanceOf(IOException.class)
        .hasMessage("needs strlcpy of GLIBC_2.38");
    assertThat(Files.readAllBytes(library)).isEqualTo(before);
  }

  @Test
  void refusesWhatIsNoLibrary() throws IOException {
    Path file = write(ByteBuffer.allocate(100));

    assertThatThrownBy(() -> ElfVersionNeed.lower(file)).hasMessageContaining("ELF");
  }

  private Path write(ByteBuffer bytes) throws IOException {
    return Files.write(directory.resolve("library.so"), bytes.array());
  }

  /** The least that a linker would call a library: one old symbol and one of glibc 2.38. */
  private static ByteBuffer library(String newSymbol) {
    var file = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0, 0x464c457f).put(4, (byte) 2);
    file.putLong(0x28, SECTIONS).putShort(0x3a, (short) 64).putShort(0x3c, (short) 5);
    String names = "\0malloc\0" + newSymbol + "\0libc.so.6\0GLIBC_2.2.5\0GLIBC_2.38\0";
    file.put(NAMES, names.getBytes(StandardCharsets.US_ASCII));
    file.putInt(SYMBOLS + 24, names.indexOf("malloc"));
    file.putInt(SYMBOLS + 48, names.indexOf(newSymbol));
    file.putShort(VERSIONS + 2, (short) 2).putShort(VERSIONS + 4, (short) 3);
    file.putShort(NEEDS, (short) 1).putShort(NEEDS + 2, (short) 2);
    file.putInt(NEEDS + 4, names.indexOf("libc.so.6")).putInt(NEEDS + 8, 16);
    need(file, NEEDS + 16, BASE_HASH, 2, names.indexOf("GLIBC_2.2.5"), 16);
    need(file, NEEDS + 32, NEW_HASH, 3, names.indexOf("GLIBC_2.38"), 0);
    section(file, 1, 3, NAMES, names.length(), 0);
    section(file, 2, 11, SYMBOLS, 72, 1);
    section(file, 3, 0x6fffffff, VERSIONS, 6, 2);
    section(file, 4, 0x6ffffffe, NEEDS, 48, 1);
    return file;
  }

  private static void need(
      ByteBuffer file, int at, int hash, int index, int name, int distanceToNext) {
    file.putInt(at, hash).putShort(at + 6, (short) index);
    file.putInt(at + 8, name).putInt(at + 12, distanceToNext);
  }

  private static void section(
      ByteBuffer file, int number, int type, int offset, int size, int link) {
    int at = SECTIONS + 64 * number;
    file.putInt(at + 4, type).putLong(at + 24, offset).putLong(at + 32, size);
    file.putInt(at + 40, link);
  }

  private static String text(ByteBuffer file, int name) {
    int end = NAMES + name;
    while (file.get(end) != 0) {
      end++;
    }
    return new String(file.array(), NAMES + name, end - NAMES - name, StandardCharsets.US_ASCII);
  }
}
