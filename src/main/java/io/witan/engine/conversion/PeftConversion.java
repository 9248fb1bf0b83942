package io.witan.engine.conversion;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufMetadata;
import io.witan.engine.gguf.GgufWriter;
import io.witan.engine.tensor.Shape;
import io.witan.engine.tensor.TensorFormat;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes a LoRA adapter as llama.cpp has them from a folder as PEFT saves it (adapter_config.json,
 * adapter_model.safetensors). Where a family's weights change their order, so do the rows of what
 * an adapter adds to them; the sizes come from the model's own file.
 */
public final class PeftConversion {
  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final String PREFIX = "base_model.model.";
  private static final String WEIGHT = ".weight";
  private static final String DOWN = ".lora_A.weight";
  private static final String UP = ".lora_B.weight";
  private static final String EMBEDDING_DOWN = ".lora_embedding_A";
  private static final String EMBEDDING_UP = ".lora_embedding_B";

  private final Map<String, SourceTensor> tensors = new TreeMap<>();
  private final Map<String, WeightRows> planned = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private final String architecture;
  private final GgufMetadata base;

  private PeftConversion(GgufMetadata base) {
    this.base = base;
    this.architecture = base.string("general.architecture");
  }

  /**
   * Writes {@code out}.
   *
   * @param model the file of the model that it was made for, converted from its checkpoint
   * @throws EngineException if the folder is unsound, or something in it is not supported; the
   *     message names it
   */
  public static void convert(Path folder, Path model, Path out) {
    var config = Settings.parse(text(folder.resolve(CONFIG)), folder.resolve(CONFIG).toString());
    check(config);
    try (var arena = Arena.ofShared();
        var file = GgufFile.open(model)) {
      var conversion = new PeftConversion(file.metadata());
      for (var tensor : SafetensorsFile.read(folder.resolve(WEIGHTS), arena)) {
        conversion.tensors.put(tensor.name(), tensor);
      }
      conversion.plan(folder);
      conversion.write(config, out);
    }
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (NoSuchFileException e) {
      throw new EngineException.InvalidFile("there is no file " + path, e);
    } catch (IOException e) {
      throw new EngineException.InvalidFile("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  private static void check(Settings config) {
    String kind = config.findText("peft_type").orElse("none");
    if (!kind.equals("LORA")) {
      throw new EngineException.Unsupported(
          config.file() + ": only LoRA can be converted, not " + kind);
    }
    for (String flag : new String[] {"use_dora", "fan_in_fan_out"}) {
      if (config.flag(flag)) {
        throw new EngineException.Unsupported(config.file() + ": " + flag + " is not supported");
      }
    }
    boolean ownRanks = isFilled(config, "rank_pattern");
    if (isFilled(config, "alpha_pattern") || (ownRanks && config.flag("use_rslora"))) {
      throw new EngineException.Unsupported(
          config.file() + ": factors that differ between matrices are not supported");
    }
  }

  private static boolean isFilled(Settings config, String key) {
    return config.findChild(key).map(pattern -> !pattern.values().isEmpty()).orElse(false);
  }

  private void write(Settings config, Path out) {
    double alpha = config.real("lora_alpha");
    if (config.flag("use_rslora")) {
      alpha *= Math.sqrt(config.whole("r")); // it is divided by the rank when it is used
    }
    var writer =
        new GgufWriter()
            .string("general.architecture", architecture)
            .string("general.type", "adapter")
            .string("adapter.type", "lora")
            .real("adapter.lora.alpha", (float) alpha);
    planned.forEach(
        (name, rows) ->
            writer.tensor(
                name,
                rows.shape(),
                TensorFormat.F32,
                channel -> WeightWriter.write(rows, TensorFormat.F32, channel)));
    writer.write(out);
  }

  private void plan(Path folder) {
    int layers = base.intValue(architecture + ".block_count");
    for (var rule : Family.rulesOf(architecture)) {
      for (int layer = 0; layer < (rule.isOfLayers() ? layers : 1); layer++) {
        if (rule.source(layer).endsWith(WEIGHT)) {
          apply(rule, rule.source(layer), rule.target(layer));
        }
      }
    }
    var unknown = tensors.keySet().stream().filter(name -> !used.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw new EngineException.Unsupported(
          "%s changes what cannot be changed in a model of %s: %s"
              .formatted(folder, architecture, Checkpoint.some(unknown)));
    }
    if (planned.isEmpty()) {
      throw new EngineException.InvalidFile(folder + " changes nothing");
    }
  }

  private void apply(Rule rule, String source, String target) {
    String module = PREFIX + source.substring(0, source.length() - WEIGHT.length());
    if (planned.containsKey(target + ".lora_a")) {
      return;
    }
    if (rule.change() == Rule.Change.STACK) {
      stack(module, target);
    } else if (tensors.containsKey(module + DOWN)) {
      var down = take(module + DOWN);
      var up = take(module + UP);
      int rank = rank(down, up);
      planned.put(target + ".lora_a", plain(down));
      planned.put(target + ".lora_b", changed(rule.change(), up, rank));
    } else if (tensors.containsKey(module + EMBEDDING_DOWN)) {
      var down = take(module + EMBEDDING_DOWN);
      var up = take(module + EMBEDDING_UP);
      int rank = rank(down, up);
      var turned = Shape.of(rank, down.extents().get(1));
      planned.put(target + ".lora_a", new WeightRows.Transposed(down, turned));
      planned.put(target + ".lora_b", plain(up));
    }
  }

  private SourceTensor take(String name) {
    var tensor = tensors.get(name);
    if (tensor == null) {
      throw new EngineException.InvalidFile("the adapter lacks " + name);
    }
    used.add(name);
    SourceFormat.named(tensor.dtype(), tensor.name());
    if (tensor.extents().size() != 2) {
      throw tensor.misshapen("a matrix");
    }
    return tensor;
  }

  private static int rank(SourceTensor down, SourceTensor up) {
    long rank = down.extents().get(0);
    if (rank != up.extents().get(1) || rank > Short.MAX_VALUE) {
      throw up.misshapen("as many columns as " + down.name() + " has rows: " + rank);
    }
    return (int) rank;
  }

  private static WeightRows plain(SourceTensor tensor) {
    return new WeightRows.Plain(tensor, Shape.of(tensor.extents().get(1), tensor.extents().get(0)));
  }

  private void stack(String module, String target) {
    int experts = base.findInt(architecture + ".expert_count").orElse(0);
    List<SourceTensor> downs = new ArrayList<>();
    List<SourceTensor> ups = new ArrayList<>();
    for (int expert = 0; expert < experts; expert++) {
      String one = module.replace("*", Integer.toString(expert));
      if (expert == 0 && !tensors.containsKey(one + DOWN)) {
        return;
      }
      downs.add(take(one + DOWN));
      ups.add(take(one + UP));
      rank(downs.getLast(), ups.getLast());
    }
    if (!downs.isEmpty()) {
      planned.put(target + ".lora_a", stacked(downs));
      planned.put(target + ".lora_b", stacked(ups));
    }
  }

  private static WeightRows stacked(List<SourceTensor> parts) {
    var extents = parts.getFirst().extents();
    for (var part : parts) {
      if (!part.extents().equals(extents)) {
        throw part.misshapen("that of " + parts.getFirst().name());
      }
    }
    return new WeightRows.Stacked(
        List.copyOf(parts), Shape.of(extents.get(1), extents.get(0), parts.size()));
  }

  /** The rows of what is added go where those of the matrix went. */
  private WeightRows changed(Rule.Change change, SourceTensor up, int rank) {
    long rows = up.extents().getFirst();
    return switch (change) {
      case NONE -> plain(up);
      case QUERIES -> interleaved(up, rank, heads());
      case KEYS -> interleaved(up, rank, keyHeads());
      case FIRST_HALF -> new WeightRows.Part(up, Shape.of(rank, rows / 2), rows, 0);
      case SECOND_HALF -> new WeightRows.Part(up, Shape.of(rank, rows / 2), rows, rows / 2);
      case GROUPED_QUERIES -> grouped(up, rank, GroupedHeads.Part.QUERIES);
      case GROUPED_KEYS -> grouped(up, rank, GroupedHeads.Part.KEYS);
      case GROUPED_VALUES -> grouped(up, rank, GroupedHeads.Part.VALUES);
      case PLUS_ONE, STACK, SPLIT, SPLIT_TRANSPOSED ->
          throw new EngineException.Unsupported(up.name() + " cannot be converted");
    };
  }

  private static WeightRows interleaved(SourceTensor up, int rank, int heads) {
    long rows = up.extents().getFirst();
    if (rows % (2L * heads) != 0) {
      throw up.misshapen("rows of " + heads + " heads");
    }
    return new WeightRows.Interleaved(up, Shape.of(rank, rows), rows, heads, rank);
  }

  private WeightRows grouped(SourceTensor up, int rank, GroupedHeads.Part part) {
    long all = heads() + 2L * keyHeads();
    long rows = up.extents().getFirst();
    if (rows % (2 * all) != 0) {
      throw up.misshapen("rows of " + all + " heads");
    }
    int headSize = (int) (rows / all);
    long own = (long) headSize * (part == GroupedHeads.Part.QUERIES ? heads() : keyHeads());
    return new GroupedHeads(up, Shape.of(rank, own), heads() / keyHeads(), headSize, part);
  }

  private int heads() {
    return Math.max(1, base.intValue(architecture + ".attention.head_count"));
  }

  private int keyHeads() {
    return Math.max(1, base.findInt(architecture + ".attention.head_count_kv").orElse(heads()));
  }
}
