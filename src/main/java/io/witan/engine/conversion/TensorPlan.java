package io.witan.engine.conversion;

import io.witan.engine.EngineException;
import io.witan.engine.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which rows make which tensor of the file. */
final class TensorPlan {
  private static final List<String> BUFFERS =
      List.of(".rotary_emb.inv_freq", ".attention.bias", ".attention.masked_bias");

  private static final int MOST_EXPERTS = 4096;

  private final Checkpoint checkpoint;
  private final Family family;
  private final Settings config;
  private final int leading;
  private final Set<String> used = new HashSet<>();
  private final List<String> missing = new ArrayList<>();
  private final Map<String, WeightRows> planned = new LinkedHashMap<>();

  private TensorPlan(Checkpoint checkpoint, Family family) {
    this.checkpoint = checkpoint;
    this.family = family;
    this.config = checkpoint.config();
    this.leading = config.findWhole(Parameters.LEADING).orElse(0);
  }

  /**
   * The tensors of the file by name, in its order.
   *
   * @throws EngineException if the checkpoint has too many, too few, or some of another shape
   */
  static Map<String, WeightRows> of(Checkpoint checkpoint, Family family) {
    return new TensorPlan(checkpoint, family).plan();
  }

  private Map<String, WeightRows> plan() {
    int layers = config.whole(Parameters.LAYERS);
    family.rules().stream().filter(rule -> !rule.isOfLayers()).forEach(rule -> apply(rule, 0));
    for (int layer = 0; layer < layers && missing.size() < 100; layer++) {
      int number = layer;
      family.rules().stream()
          .filter(rule -> rule.isOfLayers() && rule.holds(number, leading))
          .forEach(rule -> apply(rule, number));
    }
    output();
    family.rules().stream()
        .filter(rule -> rule.required() && !rule.isOfLayers())
        .forEach(rule -> require(rule, 0));
    for (int layer = 0; layer < layers && missing.size() < 100; layer++) {
      int number = layer;
      family.rules().stream()
          .filter(rule -> rule.required() && rule.isOfLayers() && rule.holds(number, leading))
          .forEach(rule -> require(rule, number));
    }
    if (!missing.isEmpty()) {
      throw new EngineException.InvalidFile(
          checkpoint.folder() + " lacks tensors: " + Checkpoint.some(missing));
    }
    checkUnknown();
    return planned;
  }

  /** A tied output is the embedding, whatever else the files hold. */
  private void output() {
    boolean ties = config.findFlag("tie_word_embeddings").orElse(family.tiesByDefault());
    if (ties) {
      planned.remove("output.weight");
    } else if (!planned.containsKey("output.weight")) {
      missing.add("lm_head.weight");
    }
  }

  private void require(Rule rule, int layer) {
    if (!planned.containsKey(rule.target(layer)) && missing.size() < 100) {
      missing.add(rule.source(layer));
      planned.put(rule.target(layer), new WeightRows.Given(new float[1]));
    }
  }

  private void checkUnknown() {
    var unknown =
        checkpoint.tensors().keySet().stream()
            .filter(name -> !used.contains(name) && BUFFERS.stream().noneMatch(name::endsWith))
            .toList();
    if (!unknown.isEmpty()) {
      throw new EngineException.Unsupported(
          "%s has tensors that %s does not know: %s"
              .formatted(checkpoint.folder(), family.architecture(), Checkpoint.some(unknown)));
    }
  }

  private void apply(Rule rule, int layer) {
    String source = rule.source(layer);
    if (rule.change() == Rule.Change.STACK) {
      var experts = experts(source);
      if (!experts.isEmpty()) {
        planned.put(rule.target(layer), stacked(experts));
      }
      return;
    }
    var tensor = checkpoint.tensor(source);
    if (tensor != null) {
      used.add(source);
      planned.put(rule.target(layer), rows(rule.change(), tensor));
    }
  }

  private List<SourceTensor> experts(String pattern) {
    int count = config.whole(Parameters.EXPERTS);
    if (count > MOST_EXPERTS) {
      throw new EngineException.InvalidFile(config.file() + ": " + count + " experts");
    }
    var experts = new ArrayList<SourceTensor>();
    for (int expert = 0; expert < count; expert++) {
      String name = pattern.replace("*", Integer.toString(expert));
      var tensor = checkpoint.tensor(name);
      if (tensor != null) {
        used.add(name);
        experts.add(tensor);
      } else if (!experts.isEmpty()) {
        missing.add(name);
      }
    }
    return experts;
  }

  private WeightRows stacked(List<SourceTensor> experts) {
    var first = experts.getFirst();
    var extents = matrix(first);
    for (var expert : experts) {
      if (!expert.extents().equals(first.extents())) {
        throw expert.misshapen("that of " + first.name());
      }
    }
    return new WeightRows.Stacked(
        List.copyOf(experts), shape(first, extents[0], extents[1], experts.size()));
  }

  private WeightRows rows(Rule.Change change, SourceTensor tensor) {
    return switch (change) {
      case NONE, STACK -> new WeightRows.Plain(tensor, shape(tensor, tensor.squeezed()));
      case PLUS_ONE ->
          new WeightRows.PlusOne(new WeightRows.Plain(tensor, shape(tensor, tensor.squeezed())));
      case QUERIES -> interleaved(tensor, config.whole(Parameters.HEADS));
      case KEYS -> interleaved(tensor, keyHeads());
      case FIRST_HALF -> half(tensor, 0);
      case SECOND_HALF -> half(tensor, 1);
      case SPLIT -> split(tensor, false);
      case SPLIT_TRANSPOSED -> split(tensor, true);
      case GROUPED_QUERIES -> grouped(tensor, GroupedHeads.Part.QUERIES);
      case GROUPED_KEYS -> grouped(tensor, GroupedHeads.Part.KEYS);
      case GROUPED_VALUES -> grouped(tensor, GroupedHeads.Part.VALUES);
    };
  }

  private WeightRows interleaved(SourceTensor tensor, int heads) {
    long outputs = tensor.extents().isEmpty() ? 0 : tensor.extents().getFirst();
    if (heads < 1 || outputs == 0 || outputs % (2L * heads) != 0) {
      throw tensor.misshapen("rows of " + heads + " heads");
    }
    var shape = shape(tensor, tensor.squeezed());
    return new WeightRows.Interleaved(tensor, shape, outputs, heads, (int) tensor.slice());
  }

  private int keyHeads() {
    return config.findWhole(Parameters.KEY_HEADS).orElse(config.whole(Parameters.HEADS));
  }

  private WeightRows grouped(SourceTensor tensor, GroupedHeads.Part part) {
    long[] extents = matrix(tensor);
    int heads = config.whole(Parameters.HEADS);
    int keyHeads = keyHeads();
    if (keyHeads < 1 || heads % keyHeads != 0 || extents[1] % (2L * heads + 4L * keyHeads) != 0) {
      throw tensor.misshapen("rows of %d query heads and %d key heads".formatted(heads, keyHeads));
    }
    int headSize = (int) (extents[1] / (heads + 2L * keyHeads));
    long rows = (long) headSize * (part == GroupedHeads.Part.QUERIES ? heads : keyHeads);
    return new GroupedHeads(
        tensor, shape(tensor, extents[0], rows), heads / keyHeads, headSize, part);
  }

  private WeightRows half(SourceTensor tensor, int which) {
    int dimensions = tensor.extents().size();
    if (dimensions < 2 || dimensions > 3 || tensor.extents().get(dimensions - 2) % 2 != 0) {
      throw tensor.misshapen("two matrices in one");
    }
    long columns = tensor.extents().getLast();
    long rows = tensor.extents().get(dimensions - 2);
    long experts = dimensions == 3 ? tensor.extents().getFirst() : 1;
    return new WeightRows.Part(
        tensor, shape(tensor, columns, rows / 2, experts), rows, which * rows / 2);
  }

  private WeightRows split(SourceTensor tensor, boolean transposed) {
    var experts = config.child("ffn_config");
    long count = experts.whole("moe_num_experts");
    long hidden = experts.whole("ffn_hidden_size");
    long width = config.whole("d_model");
    if (count < 1 || hidden < 1 || width < 1 || tensor.elements() != count * hidden * width) {
      throw tensor.misshapen("%d experts of %d by %d".formatted(count, hidden, width));
    }
    if (transposed) {
      return new WeightRows.Transposed(tensor, shape(tensor, hidden, width, count));
    }
    return new WeightRows.Plain(tensor, shape(tensor, width, hidden, count));
  }

  private static long[] matrix(SourceTensor tensor) {
    if (tensor.extents().size() != 2) {
      throw tensor.misshapen("a matrix");
    }
    return new long[] {tensor.extents().get(1), tensor.extents().get(0)};
  }

  private static Shape shape(SourceTensor tensor, long... extents) {
    if (extents.length > Shape.MAX_DIMENSIONS || extents[0] > WeightWriter.MOST_COLUMNS) {
      throw tensor.misshapen("at most four dimensions, rows of at most 16,777,216 numbers");
    }
    SourceFormat.named(tensor.dtype(), tensor.name());
    return Shape.of(extents);
  }
}
