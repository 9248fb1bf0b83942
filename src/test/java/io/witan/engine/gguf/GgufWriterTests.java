package io.witan.engine.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.EngineException;
import io.witan.engine.tensor.Shape;
import io.witan.engine.tensor.TensorFormat;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufWriterTests {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() {
    var path = folder.resolve("model.gguf");
    writer().write(path);

    try (var file = GgufFile.open(path)) {
      var metadata = file.metadata();
      assertThat(metadata.string("general.name")).isEqualTo("Übung 練習");
      assertThat(metadata.longValue("a.count")).isEqualTo(4_000_000_000L);
      assertThat(metadata.intValue("a.difference")).isEqualTo(-5);
      assertThat(metadata.longValue("a.size")).isEqualTo(1L << 40);
      assertThat(metadata.floatValue("a.scale")).isEqualTo(0.5f);
      assertThat(metadata.booleanValue("a.flag")).isTrue();
      assertThat(metadata.strings("a.names")).containsExactly("x", "", "字");
      assertThat(metadata.ints("a.ints")).containsExactly(1, -2, 3);
      assertThat(metadata.floats("a.floats")).containsExactly(1.5f, -2f);
      assertThat(metadata.findInt("a.none")).isEmpty();
      assertThat(file.tensor("matrix").shape()).isEqualTo(Shape.of(3, 2));
      assertThat(value(file, "matrix", 5)).isEqualTo(5f);
      assertThat(value(file, "vector", 0)).isEqualTo(7f);
    }
  }

  @Test
  void partsOfASplitModelAreReadAsOne() {
    for (int i = 0; i < 3; i++) {
      part(i, 3).write(folder.resolve("m-0000%d-of-00003.gguf".formatted(i + 1)));
    }

    try (var file = GgufFile.open(folder.resolve("m-00001-of-00003.gguf"))) {
      assertThat(file.tensors()).extracting(GgufTensor::name).containsExactly("t0", "t1", "t2");
      assertThat(value(file, "t2", 0)).isEqualTo(2f);
    }
    assertThatThrownBy(() -> GgufFile.open(folder.resolve("m-00002-of-00003.gguf")))
        .isInstanceOf(EngineException.InvalidFile.class)
        .hasMessageContaining("part 2 of 3: open m-00001-of-00003.gguf");
  }

  @Test
  void aMissingAndAWrongPartAreNamed() {
    part(0, 2).write(folder.resolve("m-00001-of-00002.gguf"));
    assertThatThrownBy(() -> GgufFile.open(folder.resolve("m-00001-of-00002.gguf")))
        .hasMessageContaining("m-00002-of-00002.gguf");
    part(0, 2).write(folder.resolve("m-00002-of-00002.gguf"));
    assertThatThrownBy(() -> GgufFile.open(folder.resolve("m-00001-of-00002.gguf")))
        .isInstanceOf(EngineException.InvalidFile.class)
        .hasMessageContaining("says it is part 1 of 2");
  }

  @Test
  void aTensorThatWritesTooLittleIsAnError() {
    var writer =
        new GgufWriter()
            .tensor(
                "short",
                Shape.of(8),
                TensorFormat.F32,
                channel -> channel.write(ByteBuffer.allocate(4)));
    assertThatThrownBy(() -> writer.write(folder.resolve("short.gguf")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("wrote 4 bytes, not 32");
  }

  private static GgufWriter writer() {
    return new GgufWriter()
        .string("general.name", "Übung 練習")
        .unsigned("a.count", 4_000_000_000L)
        .signed("a.difference", -5)
        .unsigned64("a.size", 1L << 40)
        .real("a.scale", 0.5f)
        .flag("a.flag", true)
        .strings("a.names", List.of("x", "", "字"))
        .ints("a.ints", 1, -2, 3)
        .floats("a.floats", 1.5f, -2f)
        .tensor("matrix", Shape.of(3, 2), TensorFormat.F32, c -> c.write(floats(0, 1, 2, 3, 4, 5)))
        .tensor("vector", Shape.of(1), TensorFormat.F32, c -> c.write(floats(7)));
  }

  private static GgufWriter part(int number, int count) {
    return new GgufWriter()
        .unsigned16("split.no", number)
        .unsigned16("split.count", count)
        .signed("split.tensors.count", count)
        .tensor("t" + number, Shape.of(1), TensorFormat.F32, c -> c.write(floats(number)));
  }

  private static ByteBuffer floats(float... values) {
    var buffer = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer.flip();
  }

  private static float value(GgufFile file, String tensor, int index) {
    return file.tensor(tensor).data().getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, index);
  }
}
