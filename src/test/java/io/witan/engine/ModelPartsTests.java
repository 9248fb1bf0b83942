package io.witan.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufTensor;
import io.witan.engine.gguf.GgufWriter;
import io.witan.engine.tensor.Shape;
import io.witan.engine.tensor.TensorFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPartsTests {
  @TempDir Path folder;

  private Path model() {
    var file = folder.resolve("whole.gguf");
    SyntheticModels.write(file, "qwen3moe", 1, 256, 4, 2, "q8_0", 7);
    return file;
  }

  private static ModelParts parts(Path first) {
    return ModelParts.of(first).orElseThrow();
  }

  @Test
  void theJoinedFileIsTheModelThatWasSplit() throws IOException {
    var whole = model();
    var files = SplitModels.split(whole, "m", 3);
    var joined = folder.resolve("joined.gguf");
    var told = new ArrayList<Long>();

    parts(files.getFirst()).join(joined, told::add);

    assertThat(joined).hasSameBinaryContentAs(whole); // this writer wrote both
    long tensors;
    try (var file = GgufFile.open(joined)) {
      assertThat(file.metadata().keys()).noneMatch(key -> key.startsWith("split."));
      tensors = file.tensors().stream().mapToLong(tensor -> tensor.data().byteSize()).sum();
    }
    assertThat(told).isSorted().last().isEqualTo(tensors);
    assertThat(parts(files.getFirst()).bytes()).isGreaterThan(tensors);
    assertThat(logits(joined)).isNotEmpty().isEqualTo(logits(files.getFirst()));
    assertThat(folder.resolve("joined.gguf.part")).doesNotExist();
  }

  private static float[] logits(Path model) {
    var options = EngineOptions.defaults().withContextTokens(64);
    try (var loaded = LanguageModel.load(model, options);
        var session = loaded.newSession()) {
      session.append(new int[] {5, 6, 7});
      return session.logits().clone();
    }
  }

  @Test
  void anotherAlignmentThanOurOwnIsReadAndDropped() throws IOException {
    var file = folder.resolve("a-00001-of-00002.gguf");
    part(0, 2).unsigned("general.alignment", 32).write(file);
    part(1, 2).write(folder.resolve("a-00002-of-00002.gguf"));
    var out = folder.resolve("a.gguf");

    parts(file).join(out, bytes -> {});

    try (var joined = GgufFile.open(out)) {
      assertThat(joined.tensors()).extracting(GgufTensor::name).containsExactly("t0", "t1");
      assertThat(joined.metadata().keys()).isEmpty();
      assertThat(joined.parts()).isEqualTo(1);
    }
  }

  @Test
  void aTensorOfMoreThanABufferIsCopiedWhole() throws IOException {
    int pieces = 5 * 1024 + 1; // of 4 KiB: 20 MiB and a bit, in pieces of 8 MiB
    new GgufWriter()
        .unsigned16("split.no", 0)
        .unsigned16("split.count", 2)
        .tensor(
            "large",
            Shape.of(1024, pieces),
            TensorFormat.F32,
            channel -> {
              for (int i = 0; i < pieces; i++) {
                channel.write(ByteBuffer.allocate(4096).putInt(0, i));
              }
            })
        .write(folder.resolve("l-00001-of-00002.gguf"));
    part(1, 2).write(folder.resolve("l-00002-of-00002.gguf"));
    var out = folder.resolve("l.gguf");

    parts(folder.resolve("l-00001-of-00002.gguf")).join(out, bytes -> {});

    try (var joined = GgufFile.open(out);
        var first = GgufFile.open(folder.resolve("l-00001-of-00002.gguf"))) {
      var data = joined.tensor("large").data();
      assertThat(data.byteSize()).isEqualTo(4096L * pieces);
      assertThat(data.mismatch(first.tensors().iterator().next().data())).isEqualTo(-1);
    }
  }

  @Test
  void namesWhatIsMissingAndWhereToBegin() throws IOException {
    var files = SplitModels.split(model(), "m", 3);

    assertThatThrownBy(() -> ModelParts.of(files.get(1)))
        .isInstanceOf(EngineException.InvalidFile.class)
        .hasMessageContaining("part 2 of 3; give the first, m-00001-of-00003.gguf");
    Files.delete(files.get(2));
    assertThatThrownBy(() -> ModelParts.of(files.getFirst()))
        .isInstanceOf(EngineException.InvalidFile.class)
        .hasMessageContaining("missing is m-00003-of-00003.gguf");
    Files.delete(files.get(1));
    assertThatThrownBy(() -> ModelParts.of(files.getFirst()))
        .hasMessageContaining("missing is m-00002-of-00003.gguf, and 1 more");
  }

  @Test
  void refusesPartsOfDifferentModelsAndLeavesNothing() throws IOException {
    part(0, 2).write(folder.resolve("m-00001-of-00002.gguf"));
    part(0, 2).write(folder.resolve("m-00002-of-00002.gguf"));
    var out = folder.resolve("m.gguf");

    var parts = parts(folder.resolve("m-00001-of-00002.gguf"));

    assertThatThrownBy(() -> parts.join(out, bytes -> {}))
        .isInstanceOf(EngineException.InvalidFile.class)
        .hasMessageContaining("do not belong together");
    assertThatThrownBy(() -> parts.join(folder.resolve("m-00002-of-00002.gguf"), bytes -> {}))
        .hasMessageContaining("is one of the parts");
    assertThat(folder).isDirectoryNotContaining(file -> file.endsWith("m.gguf"));
  }

  @Test
  void aFileThatOnlyHasTheNameIsNoPart() {
    new GgufWriter().string("general.name", "x").write(folder.resolve("x-00001-of-00002.gguf"));
    part(1, 2).write(folder.resolve("x-00002-of-00002.gguf"));
    var parts = parts(folder.resolve("x-00001-of-00002.gguf"));

    assertThatThrownBy(() -> parts.join(folder.resolve("x.gguf"), bytes -> {}))
        .isInstanceOf(EngineException.InvalidFile.class)
        .hasMessageContaining("says that it has no other parts");
  }

  @Test
  void whatStopsTheJoiningLeavesNothing() {
    var files = SplitModels.split(model(), "m", 2);
    var out = folder.resolve("out.gguf");

    assertThatThrownBy(
            () ->
                parts(files.getFirst())
                    .join(
                        out,
                        bytes -> {
                          throw new IllegalStateException("enough");
                        }))
        .hasMessage("enough");
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains("out.gguf"));
  }

  @Test
  void readsNamesOfParts() {
    assertThat(PartName.of("a-00002-of-00010.gguf")).contains(new PartName("a", 2, 10));
    assertThat(PartName.of("a-00001-of-00001.gguf")).isEmpty();
    assertThat(PartName.of("a-00003-of-00002.gguf")).isEmpty();
    assertThat(PartName.of("a-00000-of-00002.gguf")).isEmpty();
    assertThat(PartName.of("a-1-of-2.gguf")).isEmpty();
    assertThat(PartName.of("a.gguf")).isEmpty();
    assertThat(new PartName("a", 2, 10).part(1).fileName()).isEqualTo("a-00001-of-00010.gguf");
    assertThat(new PartName("a", 2, 10).joined()).isEqualTo("a.gguf");
  }

  private static GgufWriter part(int number, int count) {
    return new GgufWriter()
        .unsigned16("split.no", number)
        .unsigned16("split.count", count)
        .tensor(
            "t" + number,
            Shape.of(1),
            TensorFormat.F32,
            channel -> channel.write(ByteBuffer.allocate(4)));
  }
}
