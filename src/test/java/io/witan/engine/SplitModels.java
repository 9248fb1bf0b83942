package io.witan.engine;

import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufTensor;
import io.witan.engine.gguf.GgufWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Splits a model as llama.cpp's gguf-split does: all metadata in the first part. */
public final class SplitModels {
  private SplitModels() {}

  /**
   * Writes the parts beside the model.
   *
   * @return the parts, the first first
   */
  public static List<Path> split(Path model, String name, int count) {
    var files = new ArrayList<Path>();
    try (var whole = GgufFile.open(model)) {
      var tensors = List.copyOf(whole.tensors());
      for (int number = 0; number < count; number++) {
        var writer = new GgufWriter();
        if (number == 0) {
          whole.metadata().keys().forEach(key -> writer.copy(whole.metadata(), key));
        }
        writer
            .unsigned16("split.no", number)
            .unsigned16("split.count", count)
            .signed("split.tensors.count", tensors.size());
        int from = tensors.size() * number / count;
        int to = tensors.size() * (number + 1) / count;
        tensors.subList(from, to).forEach(tensor -> add(writer, tensor));
        var file = model.resolveSibling(new PartName(name, number + 1, count).fileName());
        writer.write(file);
        files.add(file);
      }
    }
    return files;
  }

  private static void add(GgufWriter writer, GgufTensor tensor) {
    writer.tensor(
        tensor.name(),
        tensor.shape(),
        tensor.format(),
        channel -> channel.write(tensor.data().asByteBuffer()));
  }
}
