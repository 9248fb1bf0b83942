package io.witan.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A recorded run of llama.cpp over a fixture model. */
record ParityCase(
    Path folder,
    String model,
    String arch,
    String quant,
    String config,
    int context,
    int[] tokens,
    int[] greedy,
    double[] margins,
    int rows,
    String logits,
    String exactLogits) {

  private static final Set<String> FAMILIES =
      Set.of(
          "dbrx",
          "llama",
          "qwen2moe",
          "qwen3moe",
          "grok",
          "mpt",
          "gemma",
          "granitemoe",
          "phi3",
          "olmoe",
          "qwen2");

  private static final Set<String> ROUGH = Set.of("grok", "gemma", "mpt");

  /** The cases of the families that this engine has. */
  static List<ParityCase> all(Path folder) {
    var cases = new ArrayList<ParityCase>();
    JsonNode index = JsonMapper.builder().build().readTree(folder.resolve("index.json").toFile());
    for (var model : index) {
      if (FAMILIES.contains(model.path("arch").asString())) {
        for (var each : model.path("cases")) {
          cases.add(of(folder, model, each));
        }
      }
    }
    return cases;
  }

  private static ParityCase of(Path folder, JsonNode model, JsonNode each) {
    return new ParityCase(
        folder,
        model.path("model").asString(),
        model.path("arch").asString(),
        model.path("quant").asString(),
        each.path("config").asString(),
        each.path("n_ctx").asInt(),
        ints(each.path("tokens")),
        ints(each.path("greedy")),
        doubles(each.path("greedy_margin")),
        each.path("logit_rows").asInt(),
        each.path("logits").asString(),
        each.path("exact_logits").asString(""));
  }

  private static int[] ints(JsonNode array) {
    var all = new int[array.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = array.get(i).asInt();
    }
    return all;
  }

  private static double[] doubles(JsonNode array) {
    var all = new double[array.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = array.get(i).asDouble();
    }
    return all;
  }

  boolean isFloat32() {
    return quant.equals("f32");
  }

  /** The peer's GELU goes through a table of half floats. */
  boolean hasRoughPeer() {
    return ROUGH.contains(arch);
  }

  boolean hasFloatCache() {
    return config.equals("f32kv");
  }

  boolean hasExactLogits() {
    return !exactLogits.isEmpty();
  }

  /** Floats of a file of this fixture. */
  float[] floats(String file) throws IOException {
    var bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(file)));
    var floats = bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    var all = new float[floats.remaining()];
    floats.get(all);
    return all;
  }

  LanguageModel load(EngineOptions options) {
    return LanguageModel.load(folder.resolve(model), options.withContextTokens(context));
  }

  @Override
  public String toString() {
    return model + " " + config + " " + tokens.length + " tokens";
  }
}
