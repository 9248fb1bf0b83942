package io.witan.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a 64-bit ELF library that was built against glibc 2.38 load on an older one.
 *
 * <p>Such a library asks for {@code __isoc23_strtol} where its source says {@code strtol}; the two
 * differ in one C23 detail (binary literals) that nothing here uses. The symbol is bound to the old
 * name, and the library's need of version {@code GLIBC_2.38} becomes a need of the oldest version
 * it already needs. Anything else that needs 2.38 is refused. See the System V gABI, "Symbol
 * Table", and the LSB's "Symbol Versioning".
 */
final class ElfVersionNeed {
  private static final String NEW_VERSION = "GLIBC_2.38";
  private static final String NEW_PREFIX = "__isoc23_";
  private static final int DYNAMIC_SYMBOLS = 11;
  private static final int SYMBOL_VERSIONS = 0x6fffffff;
  private static final int VERSION_NEEDS = 0x6ffffffe;
  private static final int SYMBOL_BYTES = 24;

  private final ByteBuffer file;

  private ElfVersionNeed(byte[] bytes) {
    this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private record Section(int type, int offset, int size, int link) {}

  /** One entry of the version needs: where it lies, its version's index and name. */
  private record Need(int offset, int index, String version) {}

  /**
   * Rewrites the library in place.
   *
   * @return the symbols bound to their old names; empty if the library needs no glibc 2.38
   * @throws IOException if it is no such library or needs more of 2.38 than can be replaced
   */
  static List<String> lower(Path library) throws IOException {
    byte[] bytes = Files.readAllBytes(library);
    var rebound = new ElfVersionNeed(bytes).lower();
    if (!rebound.isEmpty()) {
      Files.write(library, bytes);
    }
    return rebound;
  }

  private List<String> lower() throws IOException {
    if (file.capacity() < 64 || file.getInt(0) != 0x464c457f || file.get(4) != 2) {
      throw new IOException("not a 64-bit ELF file");
    }
    List<Section> sections = sections();
    Section symbols = only(sections, DYNAMIC_SYMBOLS);
    Section versions = only(sections, SYMBOL_VERSIONS);
    Section needs = only(sections, VERSION_NEEDS);
    Section names = sections.get(symbols.link());
    List<Need> libc = libcNeeds(needs, sections.get(needs.link()));
    var newer = libc.stream().filter(need -> need.version().equals(NEW_VERSION)).findFirst();
    if (newer.isEmpty()) {
      return List.of();
    }
    Need oldest =
        libc.stream()
            .min((a, b) -> compareVersions(a.version(), b.version()))
            .filter(need -> !need.version().equals(NEW_VERSION))
            .orElseThrow(() -> new IOException("no older glibc version to fall back on"));
    var rebound = rebind(symbols, versions, names, newer.get().index());
    // vna_hash and vna_name; the index stays, so the symbols' own version entries stay too
    file.putInt(newer.get().offset(), file.getInt(oldest.offset()));
    file.putInt(newer.get().offset() + 8, file.getInt(oldest.offset() + 8));
    return rebound;
  }

  private List<String> rebind(Section symbols, Section versions, Section names, int version)
      throws IOException {
    var rebound = new ArrayList<String>();
    for (int i = 0; i < symbols.size() / SYMBOL_BYTES; i++) {
      if ((file.getShort(versions.offset() + 2 * i) & 0x7fff) != version) {
        continue;
      }
      int entry = symbols.offset() + i * SYMBOL_BYTES;
      String name = text(names, file.getInt(entry));
      if (!name.startsWith(NEW_PREFIX)) {
        throw new IOException("needs " + name + " of " + NEW_VERSION);
      }
      // the old name is the tail of the new one, so it is in the string table already
      file.putInt(entry, file.getInt(entry) + NEW_PREFIX.length());
      rebound.add(name.substring(NEW_PREFIX.length()));
    }
    return rebound;
  }

  private List<Section> sections() {
    int table = Math.toIntExact(file.getLong(0x28));
    int entryBytes = file.getShort(0x3a);
    int count = file.getShort(0x3c);
    var sections = new ArrayList<Section>();
    for (int i = 0; i < count; i++) {
      int at = table + i * entryBytes;
      sections.add(
          new Section(
              file.getInt(at + 4),
              Math.toIntExact(file.getLong(at + 24)),
              Math.toIntExact(file.getLong(at + 32)),
              file.getInt(at + 40)));
    }
    return sections;
  }

  private static Section only(List<Section> sections, int type) throws IOException {
    return sections.stream()
        .filter(section -> section.type() == type)
        .findFirst()
        .orElseThrow(() -> new IOException("no section of type " + Integer.toHexString(type)));
  }

  private List<Need> libcNeeds(Section needs, Section names) {
    var found = new ArrayList<Need>();
    int library = needs.offset();
    while (true) {
      int entries = file.getShort(library + 2);
      boolean libc = text(names, file.getInt(library + 4)).startsWith("libc.so");
      int entry = library + file.getInt(library + 8);
      for (int i = 0; i < entries && libc; i++) {
        found.add(new Need(entry, file.getShort(entry + 6), text(names, file.getInt(entry + 8))));
        entry += file.getInt(entry + 12);
      }
      int next = file.getInt(library + 12);
      if (next == 0) {
        return found;
      }
      library += next;
    }
  }

  private String text(Section names, int offset) {
    int start = names.offset() + offset;
    int end = start;
    while (file.get(end) != 0) {
      end++;
    }
    return new String(file.array(), start, end - start, StandardCharsets.US_ASCII);
  }

  /** Orders {@code GLIBC_2.2.5} before {@code GLIBC_2.14}. */
  private static int compareVersions(String a, String b) {
    return java.util.Arrays.compare(numbers(a), numbers(b));
  }

  private static int[] numbers(String version) {
    return java.util.Arrays.stream(version.replaceAll("[^0-9.]", "").split("\\."))
        .filter(part -> !part.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }
}
