package io.witan.engine;

import io.witan.engine.gguf.GgufFile;
import io.witan.engine.gguf.GgufMetadata;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file says about its model. Sizes that the file does not tell are 0.
 *
 * @param parameters elements of all tensors
 * @param activeParameters of these, the ones that one token meets: of the experts only those used
 * @param layers blocks of the network
 * @param width numbers that stand for a token between blocks
 * @param experts of each layer, 0 for a dense model
 * @param expertsUsed for each token
 * @param contextTokens the longest text that the model was made for
 * @param formats bytes of the tensors by format, the most first
 */
public record ModelInspection(
    String name,
    String architecture,
    long parameters,
    long activeParameters,
    int layers,
    int width,
    int heads,
    int keyHeads,
    int experts,
    int expertsUsed,
    int contextTokens,
    int vocabulary,
    String tokenizer,
    boolean hasChatTemplate,
    int tensors,
    long fileBytes,
    Map<String, Long> formats,
    Memory memory) {

  /**
   * The memory that running the model takes.
   *
   * @param weightBytes the file, mapped; what does not fit is read again from disk
   * @param cacheBytesPerToken keys and values of one token in all layers, as F16
   * @param contextTokens for which the total holds
   * @param totalBytes weights, cache of that context, and working memory
   */
  public record Memory(
      long weightBytes, long cacheBytesPerToken, int contextTokens, long totalBytes) {
    private static final long WORKING_BYTES = 300L << 20;
    private static final int USUAL_CONTEXT = 8192;
    private static final int F16_BYTES = 2;

    /** With the usual context, or all of it where the model has less. */
    public static Memory of(long weightBytes, long cacheBytesPerToken, int contextTokens) {
      int context = contextTokens == 0 ? USUAL_CONTEXT : Math.min(contextTokens, USUAL_CONTEXT);
      return new Memory(
          weightBytes,
          cacheBytesPerToken,
          context,
          weightBytes + cacheBytesPerToken * context + WORKING_BYTES);
    }
  }

  static ModelInspection of(GgufFile file) {
    var metadata = file.metadata();
    String architecture = metadata.findString("general.architecture").orElse("");
    var sizes = new Sizes(metadata, architecture);
    int layers = sizes.get("block_count");
    int width = sizes.get("embedding_length");
    int heads = sizes.get("attention.head_count");
    int keyHeads = sizes.get("attention.head_count_kv", heads);
    int headSize = heads == 0 ? 0 : sizes.get("attention.key_length", width / heads);
    int valueSize = sizes.get("attention.value_length", headSize);
    int context = sizes.get("context_length");
    long cached = (long) layers * keyHeads * ((long) headSize + valueSize);
    int experts = sizes.get("expert_count");
    int used = Math.min(experts, sizes.get("expert_used_count"));
    var parameters = ParameterCount.of(file, experts, used);
    return new ModelInspection(
        metadata.findString("general.name").orElse(""),
        architecture,
        parameters.total(),
        parameters.active(),
        layers,
        width,
        heads,
        keyHeads,
        experts,
        used,
        context,
        vocabulary(metadata),
        tokenizer(metadata),
        metadata.has("tokenizer.chat_template"),
        file.tensors().size(),
        file.bytes(),
        formats(file),
        Memory.of(file.bytes(), cached * Memory.F16_BYTES, context));
  }

  private static int vocabulary(GgufMetadata metadata) {
    String tokens = "tokenizer.ggml.tokens";
    return metadata.isArray(tokens)
        ? (int) Math.min(Integer.MAX_VALUE, metadata.arrayLength(tokens))
        : 0;
  }

  private static String tokenizer(GgufMetadata metadata) {
    String model = metadata.findString("tokenizer.ggml.model").orElse("");
    return metadata
        .findString("tokenizer.ggml.pre")
        .map(pre -> model + " (" + pre + ")")
        .orElse(model);
  }

  private static Map<String, Long> formats(GgufFile file) {
    var bytes = new TreeMap<String, Long>();
    for (var tensor : file.tensors()) {
      bytes.merge(tensor.format().name(), tensor.data().byteSize(), Long::sum);
    }
    var sorted = new LinkedHashMap<String, Long>();
    bytes.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  /** Sizes of the network by name; of those that differ from layer to layer, the largest. */
  private record Sizes(GgufMetadata metadata, String architecture) {
    private static final int MOST = 1 << 24;

    int get(String name) {
      return get(name, 0);
    }

    int get(String name, int otherwise) {
      String key = architecture + "." + name;
      long value = metadata.isArray(key) ? largest(key) : metadata.findLong(key).orElse(otherwise);
      if (value < 0 || value > MOST) {
        throw new EngineException.InvalidFile(key + " makes no sense: " + value);
      }
      return (int) value;
    }

    private long largest(String key) {
      int most = 0;
      for (int value : metadata.ints(key)) {
        most = Math.max(most, value);
      }
      return most;
    }
  }
}
