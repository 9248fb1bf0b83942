package io.witan;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.engine.Fixtures;
import io.witan.engine.SplitModels;
import io.witan.engine.SyntheticModels;
import io.witan.engine.conversion.TinyCheckpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelCommandTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder;

  @Test
  void inspectsAMixtureOfExperts() {
    var model = JSON.readTree(run(0, "inspect", fixture("models/dbrx-q8_0.gguf"), "--json"));

    var summary = model.get("model");
    assertThat(summary.get("architecture").asString()).isEqualTo("dbrx");
    int experts = summary.get("experts").asInt();
    int used = summary.get("expertsUsed").asInt();
    assertThat(used).isBetween(1, experts - 1);
    long all = 0;
    long ofExperts = 0;
    for (var tensor : model.get("tensors")) {
      long elements = 1;
      for (var extent : tensor.get("shape")) {
        elements *= extent.asLong();
      }
      all += elements;
      ofExperts += tensor.get("name").asString().contains("_exps") ? elements : 0;
    }
    assertThat(summary.get("parameters").asLong()).isEqualTo(all);
    assertThat(summary.get("activeParameters").asLong())
        .isEqualTo(all - ofExperts + ofExperts / experts * used);
    assertThat(summary.get("memory").get("totalBytes").asLong()).isGreaterThan(1132960);
    assertThat(model.get("metadata").get("tokenizer.ggml.pre").asString()).isEqualTo("dbrx");
  }

  @Test
  void inspectsInWords() {
    assertThat(run(0, "inspect", fixture("models/qwen2moe-q8_0.gguf")))
        .contains("architecture   qwen2moe", "experts", "memory needed", "general.architecture = ");
  }

  @Test
  void joinsTheParts() throws IOException {
    var whole = folder.resolve("whole.gguf");
    SyntheticModels.write(whole, "dbrx", 1, 256, 4, 2, "q8_0", 3);
    var parts = SplitModels.split(whole, "m", 2);
    var out = folder.resolve("m.gguf");

    assertThat(run(0, "join", parts.getFirst().toString(), out.toString()))
        .contains("of 2 parts", " MB");

    assertThat(out).hasSameBinaryContentAs(whole);
    run(1, "join", parts.getFirst().toString(), out.toString()); // is there
    Files.delete(out);
    run(1, "join", parts.getLast().toString(), out.toString());
    run(1, "join", whole.toString(), out.toString());
    assertThat(out).doesNotExist();
  }

  @Test
  void tokenizesAndBack() throws IOException {
    var texts = folder.resolve("texts.jsonl");
    var ids = folder.resolve("ids.jsonl");
    var again = folder.resolve("again.jsonl");
    Files.writeString(texts, "{\"text\": \"Grüße, 世界!\"}\n{\"text\": \"\"}\n");
    String vocabulary = fixture("tok/vocab-llama-spm.gguf");

    run(
        0,
        "tokenize",
        vocabulary,
        "--in",
        texts.toString(),
        "--out",
        ids.toString(),
        "--add-special");
    run(0, "detokenize", vocabulary, "--in", ids.toString(), "--out", again.toString());

    var lines = Files.readAllLines(ids);
    assertThat(lines).hasSize(2);
    assertThat(JSON.readTree(lines.get(0)).get("ids").get(0).asInt()).isEqualTo(1);
    assertThat(lines.get(1)).isEqualTo("{\"ids\":[1]}");
    assertThat(Files.readAllLines(again))
        .isEqualTo(List.of("{\"text\":\"Grüße, 世界!\"}", "{\"text\":\"\"}"));
  }

  @Test
  void generatesAsJsonWithLogProbabilities() {
    var plain = generate("--max-tokens", "6");
    var detailed = generate("--max-tokens", "6", "--log-probs", "2");

    assertThat(plain.has("logProbabilities")).isFalse();
    assertThat(plain.get("promptTokens").toString()).isEqualTo("[5,6,7]");
    assertThat(plain.get("ids")).hasSize(6).isEqualTo(detailed.get("ids"));
    assertThat(plain.get("finishReason").asString()).isEqualTo("length");
    var text = new StringBuilder();
    int i = 0;
    for (var token : detailed.get("logProbabilities")) {
      text.append(token.get("text").asString());
      assertThat(token.get("id")).isEqualTo(plain.get("ids").get(i++));
      assertThat(token.get("logProbability").asDouble()).isNegative();
      assertThat(token.get("likeliest")).hasSize(2);
      assertThat(token.get("likeliest").get(0).get("id")).isEqualTo(token.get("id"));
    }
    assertThat(i).isEqualTo(6);
    assertThat(plain.get("text").asString()).startsWith(text.toString());
  }

  @Test
  void generatesOtherwiseWithPenaltiesAndSeeds() {
    var warm = generate("--max-tokens", "24", "--temperature", "1.5", "--seed", "1");

    assertThat(generate("--max-tokens", "24", "--temperature", "1.5", "--seed", "1"))
        .isEqualTo(warm);
    assertThat(generate("--max-tokens", "24", "--temperature", "1.5", "--seed", "2"))
        .isNotEqualTo(warm);
    var penalized = generate("--max-tokens", "48", "--presence-penalty", "9");
    assertThat(penalized).isNotEqualTo(generate("--max-tokens", "48"));
    assertThat(generate("--max-tokens", "48", "--repetition-penalty", "3"))
        .isNotEqualTo(generate("--max-tokens", "48"));
  }

  @Test
  void measuresAlsoAtLaterPositions() {
    String[] bench = {
      "bench",
      fixture("models/llama-q8_0.gguf"),
      "--prompt-tokens",
      "8",
      "--generate-tokens",
      "2",
      "--repetitions",
      "1",
      "--parallel",
      "1,2",
      "--threads",
      "1",
      "--context",
      "100,3000"
    };
    var json = new ArrayList<>(List.of(bench));
    json.add("--json");

    var measured = JSON.readTree(run(0, json.toArray(String[]::new)));

    assertThat(measured.get("results")).hasSize(2);
    var positions = measured.get("atPositions");
    assertThat(positions).hasSize(2);
    assertThat(positions.get(1).get("position").asInt()).isEqualTo(3000);
    assertThat(positions.get(1).get("generatedPerSecond").asDouble()).isPositive();
    assertThat(run(0, bench)).contains("position", "ms a token", "3000");
  }

  @Test
  void verifiesADeviceAgainstTheProcessor() {
    var file = fixture("models/dbrx-q8_0.gguf");
    String[] verify = {
      "verify", file, "--backend", "tornado", "--prompt-tokens", "6", "--generate-tokens", "2"
    };
    assertThat(run(0, verify)).contains("same ", file, "at most");
    var strict = new ArrayList<>(List.of(verify));
    strict.addAll(List.of("--tolerance", "0"));
    assertThat(run(1, strict.toArray(String[]::new))).contains("DIFFERENT");
  }

  @Test
  void measuresTheDeviceToo() {
    String[] bench = {
      "bench",
      fixture("models/dbrx-f32.gguf"),
      "--backend",
      "tornado",
      "--prompt-tokens",
      "4",
      "--generate-tokens",
      "1",
      "--repetitions",
      "1",
      "--context",
      "100"
    };
    var json = new ArrayList<>(List.of(bench));
    json.add("--json");

    var device = JSON.readTree(run(0, json.toArray(String[]::new))).path("device");

    assertThat(device.path("bytesPerSecond").asDouble()).isPositive();
    assertThat(device.path("startSeconds").asDouble()).isPositive();
    assertThat(device.path("activeBytes").asLong()).isBetween(1L, fixtureBytes("dbrx-f32"));
    assertThat(run(0, bench))
        .contains("a kernel reads", "after 4 positions", "after 100 positions");
  }

  private static long fixtureBytes(String name) {
    return Path.of(fixture("models/" + name + ".gguf")).toFile().length();
  }

  @Test
  void measuresThroughTheServer() {
    String[] bench = {
      "bench",
      fixture("models/llama-q8_0.gguf"),
      "--serving",
      "--prompt-tokens",
      "16",
      "--generate-tokens",
      "4",
      "--repetitions",
      "1",
      "--parallel",
      "1,3",
      "--threads",
      "1",
      "--context",
      "500"
    };
    var json = new ArrayList<>(List.of(bench));
    json.add("--json");

    var measured = JSON.readTree(run(0, json.toArray(String[]::new))).path("runs").path(0);

    assertThat(measured.path("streams")).hasSize(2);
    assertThat(measured.path("streams").path(1).path("streams").asInt()).isEqualTo(3);
    assertThat(measured.path("streams").path(1).path("generatedPerSecond").asDouble()).isPositive();
    var again = measured.path("contexts").path(0);
    assertThat(again.path("reusedTokens").asInt()).isBetween(400, 500);
    assertThat(again.path("ratio").asDouble()).isBetween(0.0, 1.0);
    assertThat(run(0, bench)).contains("streams", "second question ms", "500");
  }

  private static JsonNode generate(String... arguments) {
    var all = new ArrayList<>(List.of("generate", fixture("models/llama-q8_0.gguf"), "--json"));
    all.addAll(List.of("--tokens", "5,6,7", "--threads", "1"));
    all.addAll(List.of(arguments));
    return JSON.readTree(run(0, all.toArray(String[]::new)));
  }

  @Test
  void bytesThatAreNoTextAreGivenAsTheyAre() throws IOException {
    var ids = folder.resolve("ids.jsonl");
    var texts = folder.resolve("texts.jsonl");
    Files.writeString(ids, "{\"ids\": [3, 258]}");
    run(
        0,
        "detokenize",
        fixture("tok/vocab-llama-spm.gguf"),
        "--in",
        ids.toString(),
        "--out",
        texts.toString());
    assertThat(Files.readString(texts)).contains("\"hex\":\"00ff\"");
  }

  @Test
  void convertsACheckpoint() throws IOException {
    String checkpoint = TinyCheckpoint.in(folder).toString();
    var out = folder.resolve("out.gguf");

    assertThat(run(1, "convert", checkpoint, out.toString(), "--format", "q3"))
        .contains("no format q3", "bf16");
    assertThat(folder).isDirectoryNotContaining("glob:**.gguf*");
    assertThat(run(0, "convert", checkpoint, out.toString(), "--format", "f16")).contains("wrote");
    assertThat(run(0, "inspect", out.toString())).contains("architecture   llama");
  }

  @Test
  void saysWhatIsWrongWithAFileOrALine() throws IOException {
    var notAModel = Files.writeString(folder.resolve("x.gguf"), "hello");
    assertThat(run(1, "inspect", notAModel.toString())).contains("is not a GGUF file");
    assertThat(run(1, "inspect", folder.resolve("none").toString())).contains("there is no file");
    var texts = Files.writeString(folder.resolve("texts.jsonl"), "{\"text\":\"a\"}\n{\"txt\":1}\n");
    assertThat(run(1, "tokenize", fixture("tok/vocab-llama-spm.gguf"), "--in", texts.toString()))
        .contains("no string \"text\"");
    Files.writeString(texts, "{\"ids\":[1,99999999]}");
    assertThat(run(1, "detokenize", fixture("tok/vocab-llama-spm.gguf"), "--in", texts.toString()))
        .contains("there is no token 99999999");
    Files.writeString(texts, "{");
    assertThat(run(1, "detokenize", fixture("tok/vocab-llama-spm.gguf"), "--in", texts.toString()))
        .contains("Line 1 is not JSON");
  }

  private static String fixture(String name) {
    return Fixtures.path(name).toString();
  }

  private static String run(int expected, String... arguments) {
    var output = new StringWriter();
    var commandLine = Witan.commandLine();
    commandLine.setOut(new PrintWriter(output)).setErr(new PrintWriter(output));
    var all = new ArrayList<>(List.of("model"));
    all.addAll(List.of(arguments));
    int status = commandLine.execute(all.toArray(String[]::new));
    assertThat(status).as(output.toString()).isEqualTo(expected);
    return output.toString();
  }
}
