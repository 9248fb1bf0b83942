package io.witan.engine.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.EngineException;
import io.witan.engine.Fixtures;
import io.witan.engine.tensor.Shape;
import io.witan.engine.tensor.TensorFormat;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufFileTests {
  @TempDir Path folder;

  @Test
  void readsMetadataAndTensorsOfAModel() {
    try (var file = GgufFile.open(Fixtures.path("models/dbrx-q8_0.gguf"))) {
      var metadata = file.metadata();
      assertThat(metadata.string("general.architecture")).isEqualTo("dbrx");
      assertThat(metadata.intValue("dbrx.block_count")).isPositive();
      assertThat(metadata.floatValue("dbrx.attention.clamp_kqv")).isPositive();
      var tokens = metadata.strings("tokenizer.ggml.tokens");
      assertThat(tokens).hasSize((int) metadata.arrayLength("tokenizer.ggml.tokens"));
      assertThat(metadata.ints("tokenizer.ggml.token_type")).hasSize(tokens.size());

      var embedding = file.tensor("token_embd.weight");
      assertThat(embedding.shape())
          .isEqualTo(Shape.of(metadata.intValue("dbrx.embedding_length"), tokens.size()));
      assertThat(embedding.format()).isEqualTo(TensorFormat.Q8_0);
      assertThat(embedding.data().byteSize()).isEqualTo(embedding.shape().elements() / 32 * 34);
      assertThat(file.bytes()).isEqualTo(1132960);
    }
  }

  @Test
  void everyFixtureOpensAndItsTensorsHoldNumbers() throws IOException {
    try (var models = Files.list(Fixtures.path("models"))) {
      for (var model : models.filter(path -> path.toString().endsWith(".gguf")).toList()) {
        try (var file = GgufFile.open(model)) {
          assertThat(file.tensors()).as(model.toString()).isNotEmpty();
          var norm = file.tensor("output_norm.weight");
          assertThat(norm.data().get(ValueLayout.JAVA_FLOAT_UNALIGNED, 0)).isBetween(-10f, 10f);
        }
      }
    }
  }

  @Test
  void namesAMissingFileKeyAndTensor() {
    assertThatThrownBy(() -> GgufFile.open(folder.resolve("none.gguf")))
        .isInstanceOf(EngineException.InvalidFile.class)
        .hasMessageContaining("none.gguf");
    assertThatThrownBy(() -> GgufFile.open(folder)).isInstanceOf(EngineException.InvalidFile.class);
    try (var file = GgufFile.open(Fixtures.path("models/dbrx-q8_0.gguf"))) {
      assertThatThrownBy(() -> file.tensor("blk.99.nothing"))
          .isInstanceOf(EngineException.InvalidFile.class)
          .hasMessageContaining("blk.99.nothing");
      assertThatThrownBy(() -> file.metadata().intValue("dbrx.nothing"))
          .isInstanceOf(EngineException.InvalidFile.class)
          .hasMessageContaining("dbrx.nothing");
      assertThatThrownBy(() -> file.metadata().intValue("general.architecture"))
          .isInstanceOf(EngineException.InvalidFile.class)
          .hasMessageContaining("a string, not a whole number");
    }
  }

  @Test
  void everyTruncationIsAClearError() throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.path("models/dbrx-q4_0.gguf"));
    var cut = folder.resolve("cut.gguf");
    for (int length = 0; length < whole.length; length += length < 2000 ? 13 : 9973) {
      Files.write(cut, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> GgufFile.open(cut))
          .as("%d bytes", length)
          .isInstanceOf(EngineException.class);
    }
  }
}
