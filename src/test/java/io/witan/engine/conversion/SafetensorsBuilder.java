package io.witan.engine.conversion;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes safetensors files, in one part or several. */
final class SafetensorsBuilder {
  private record Entry(String dtype, long[] extents, byte[] data) {}

  private final Map<String, Entry> tensors = new LinkedHashMap<>();

  SafetensorsBuilder floats(String name, float[] values, long... extents) {
    var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return raw(name, "F32", bytes.array(), extents);
  }

  SafetensorsBuilder raw(String name, String dtype, byte[] data, long... extents) {
    tensors.put(name, new Entry(dtype, extents, data));
    return this;
  }

  /** The same in half the bytes; only for numbers that fit. */
  SafetensorsBuilder brains(String name, float[] values, long... extents) {
    var bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
    }
    return raw(name, "BF16", bytes.array(), extents);
  }

  SafetensorsBuilder without(String name) {
    tensors.remove(name);
    return this;
  }

  void write(Path folder) throws IOException {
    write(folder.resolve("model.safetensors"), List.copyOf(tensors.keySet()));
  }

  /** In parts, with an index. */
  void writeParts(Path folder, int parts) throws IOException {
    var names = new ArrayList<>(tensors.keySet());
    var map = new LinkedHashMap<String, String>();
    for (int part = 0; part < parts; part++) {
      var some = names.subList(names.size() * part / parts, names.size() * (part + 1) / parts);
      String file = "model-%05d-of-%05d.safetensors".formatted(part + 1, parts);
      write(folder.resolve(file), some);
      some.forEach(name -> map.put(name, file));
    }
    json(folder.resolve("model.safetensors.index.json"), Map.of("weight_map", map));
  }

  private void write(Path file, List<String> names) throws IOException {
    var header = new LinkedHashMap<String, Object>();
    header.put("__metadata__", Map.of("format", "pt"));
    long offset = 0;
    for (String name : names) {
      var entry = entry(name);
      long end = offset + entry.data.length;
      header.put(
          name,
          Map.of(
              "dtype",
              entry.dtype,
              "shape",
              Arrays.stream(entry.extents).boxed().toList(),
              "data_offsets",
              List.of(offset, end)));
      offset = end;
    }
    byte[] json =
        JsonMapper.builder().build().writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
      out.write(json);
      for (String name : names) {
        out.write(entry(name).data);
      }
    }
  }

  private Entry entry(String name) {
    return tensors.getOrDefault(name, new Entry("", new long[0], new byte[0]));
  }

  static void json(Path file, Object value) throws IOException {
    Files.writeString(file, JsonMapper.builder().build().writeValueAsString(value));
  }
}
