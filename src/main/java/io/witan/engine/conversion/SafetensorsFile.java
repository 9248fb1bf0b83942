package io.witan.engine.conversion;

import io.witan.engine.EngineException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads safetensors files: eight bytes with the length of a JSON header, the header, the data. All
 * that the header says is checked against the file before anything is made of it.
 */
final class SafetensorsFile {
  private static final int MOST_HEADER_BYTES = 100_000_000;
  private static final int MOST_TENSORS = 1 << 20;
  private static final int MOST_EXTENTS = 8;
  private static final long LENGTH_BYTES = 8;
  private static final String METADATA = "__metadata__";

  private final String file;
  private final MemorySegment data;

  private SafetensorsFile(String file, MemorySegment data) {
    this.file = file;
    this.data = data;
  }

  /**
   * The tensors of a file, mapped for as long as the arena lives.
   *
   * @throws EngineException if it cannot be read or contradicts itself
   */
  static List<SourceTensor> read(Path path, Arena arena) {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      var all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return parse(all, path.toString());
    } catch (NoSuchFileException e) {
      throw new EngineException.InvalidFile("there is no file " + path, e);
    } catch (IOException e) {
      throw new EngineException.InvalidFile("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  static List<SourceTensor> parse(MemorySegment all, String file) {
    if (all.byteSize() < LENGTH_BYTES) {
      throw new EngineException.InvalidFile(file + " is too short for a safetensors file");
    }
    long length = all.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
    if (length < 2 || length > MOST_HEADER_BYTES || length > all.byteSize() - LENGTH_BYTES) {
      throw new EngineException.InvalidFile(
          file + " is no safetensors file: a header of " + length + " bytes");
    }
    var header = Settings.parse(text(all.asSlice(LENGTH_BYTES, length), file), file);
    return new SafetensorsFile(file, all.asSlice(LENGTH_BYTES + length)).tensors(header);
  }

  private static String text(MemorySegment header, String file) {
    byte[] bytes = header.toArray(ValueLayout.JAVA_BYTE);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new EngineException.InvalidFile(file + ": its header is no UTF-8", e);
    }
  }

  private List<SourceTensor> tensors(Settings header) {
    if (header.values().size() > MOST_TENSORS) {
      throw new EngineException.InvalidFile(file + " has more than " + MOST_TENSORS + " tensors");
    }
    var tensors = new ArrayList<SourceTensor>();
    for (Map.Entry<String, Json> entry : header.values().entrySet()) {
      if (!entry.getKey().equals(METADATA)) {
        String place = file + " " + entry.getKey();
        tensors.add(tensor(entry.getKey(), Settings.of(entry.getValue(), place)));
      }
    }
    return tensors;
  }

  private SourceTensor tensor(String name, Settings described) {
    String dtype = described.findText("dtype").orElse("");
    var offsets = longs(described, "data_offsets");
    var extents = longs(described, "shape");
    if (offsets.size() != 2 || extents.size() > MOST_EXTENTS) {
      throw unsound(name, "offsets " + offsets + ", shape " + extents);
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    if (begin > end || end > data.byteSize()) {
      throw unsound(name, "bytes " + begin + " to " + end + " of " + data.byteSize());
    }
    long elements = 1;
    for (long extent : extents) {
      if (extent < 1 || elements > data.byteSize() / extent) {
        throw unsound(name, "shape " + extents);
      }
      elements *= extent;
    }
    for (var format : SourceFormat.values()) {
      if (format.name().equals(dtype) && elements * format.bytes() != end - begin) {
        throw unsound(name, "%d bytes for %s of %s".formatted(end - begin, extents, dtype));
      }
    }
    return new SourceTensor(name, dtype, extents, data.asSlice(begin, end - begin));
  }

  private List<Long> longs(Settings described, String key) {
    if (!described.has(key)) {
      throw new EngineException.InvalidFile(described.file() + " lacks " + key);
    }
    var all = new ArrayList<Long>();
    for (var item : described.items(key)) {
      double value = item instanceof Json.Figure figure ? figure.real() : -1;
      // up to 2^53 a double is exact
      if (value < 0 || value != Math.rint(value) || value > (double) (1L << 53)) {
        throw new EngineException.InvalidFile(described.file() + ": " + key + " makes no sense");
      }
      all.add((long) value);
    }
    return all;
  }

  private EngineException unsound(String name, String what) {
    return new EngineException.InvalidFile(
        "%s: the tensor %s makes no sense: %s".formatted(file, name, what));
  }
}
