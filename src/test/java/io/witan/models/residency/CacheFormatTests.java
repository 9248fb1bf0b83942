package io.witan.models.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.EngineDevice;
import io.witan.engine.LanguageModel;
import io.witan.engine.ModelFile;
import io.witan.engine.SyntheticModels;
import io.witan.models.registry.RegisteredModel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

/** The format of keys and values decides how much there is room for. */
class CacheFormatTests {
  private static final MachineMemory MEMORY = new MachineMemory(8L << 30, 4L << 30);
  private static final long F16_BYTES = 1 << 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"f16, 1", "F32, 2", "q8_0, 0.5625"})
  void aTokenTakesWhatItsFormatTakes(String format, double share) {
    var settings =
        GeneratorSettings.defaults().withCacheMemory(DataSize.ofGigabytes(2)).withKv(format);

    var fit = ModelFit.of(model(F16_BYTES, 512), 0, settings, MEMORY);

    long perToken = (long) (F16_BYTES * share);
    assertThat(fit.cacheBytes()).isEqualTo(fit.cacheTokens() * perToken);
    assertThat((long) fit.cacheTokens()).isEqualTo((2L << 30) / perToken);
  }

  @ParameterizedTest
  @CsvSource({"f16", "f32", "q8_0"})
  void theEngineTakesWhatWasEstimated(String format) {
    var file = folder.resolve("model.gguf");
    SyntheticModels.write(file, "qwen3moe", 2, 256, 4, 2, "q8_0", 1);
    long f16 = ModelFile.open(file).inspect().memory().cacheBytesPerToken();
    var settings =
        GeneratorSettings.defaults()
            .withContextTokens(256)
            .withKv(format)
            .withCacheMemory(DataSize.ofMegabytes(2));
    var fit = ModelFit.of(model(f16, 256), 0, settings, MEMORY);

    try (var model = LanguageModel.load(file, settings.engine(fit))) {
      assertThat(model.cacheBytesPerToken() * fit.cacheTokens()).isEqualTo(fit.cacheBytes());
    }
  }

  @Test
  void adaptersAreCountedAndLeaveLessForKeysAndValues() {
    var settings = GeneratorSettings.defaults().withCacheMemory(DataSize.ofGigabytes(4));
    var model = model(F16_BYTES, 512);

    var without = ModelFit.of(model, 0, settings, MEMORY);
    var with = ModelFit.of(model, 1 << 20, settings, MEMORY);
    var tooMany = ModelFit.of(model, 2L << 30, settings, MEMORY);

    assertThat(without.adapterBytes()).isZero();
    assertThat(with.adapterBytes()).isEqualTo(2 << 20);
    assertThat(without.cacheBytes() - with.cacheBytes()).isEqualTo(2 << 20);
    assertThat(with.neededBytes()).isEqualTo(without.neededBytes());
    assertThat(tooMany.verdict()).isEqualTo(ModelFit.Verdict.TOO_LARGE);
    assertThatThrownBy(() -> tooMany.orRefuse(model))
        .isInstanceOf(ModelTooLarge.class)
        .hasMessageContaining("its adapters 4,096 MB");
  }

  @Test
  void aDeviceThatIsTooSmallIsNamedAndLeavesItToTheProcessorUnlessItMustBe() {
    var model = model(F16_BYTES, 512);
    var cache = GeneratorSettings.defaults().withCacheMemory(DataSize.ofGigabytes(1));
    var fit = ModelFit.of(model, 1 << 20, cache, MEMORY);
    long needed = fit.weightBytes() + fit.adapterBytes() + fit.cacheBytes();

    var roomy = DeviceFit.of(device(needed + (1L << 30)), fit, 0);
    var shared = DeviceFit.of(device(needed + (1L << 30)), fit, 1L << 30);

    assertThat(roomy).isNotNull().extracting(DeviceFit::fits).isEqualTo(true);
    assertThat(shared).isNotNull().extracting(DeviceFit::fits).isEqualTo(false);
    assertThat(DeviceFit.of(device(0), fit, 0)).isNull();
    assertThat(fit.on(roomy, true).verdict()).isEqualTo(ModelFit.Verdict.FITS);
    assertThat(fit.on(shared, false).verdict()).isEqualTo(ModelFit.Verdict.FITS);
    assertThatThrownBy(() -> fit.on(shared, true).orRefuse(model))
        .isInstanceOf(ModelTooLarge.class)
        .hasMessageContaining("memory of Card, of which");
  }

  /** Without memory of its own it is the processor. */
  private static EngineDevice device(long bytes) {
    return new EngineDevice("tornado", "Card", 0, bytes, bytes, null);
  }

  @Test
  void theDeviceThatIsSetIsAsked() {
    var model = model(F16_BYTES, 512);
    var fit = ModelFit.of(model, 0, GeneratorSettings.defaults(), MEMORY);
    var tornado = new EngineSettings("tornado", "0", DataSize.ofMegabytes(1));
    var processor = new EngineSettings("cpu", null, null);

    assertThat(tornado.place(fit, 0).device()).isNotNull();
    assertThat(tornado.place(fit, 0).verdict()).isEqualTo(ModelFit.Verdict.TOO_LARGE);
    assertThat(processor.place(fit, 0).device()).isNull();
  }

  @Test
  void anUnknownFormatIsNamedWithTheSetting() {
    var defaults = GeneratorSettings.defaults();
    assertThatThrownBy(() -> defaults.withKv("q4_0"))
        .hasMessage("witan.models.generator.kv must be f16, f32 or q8_0, not q4_0");
  }

  private static RegisteredModel model(long cacheBytesPerToken, int contextTokens) {
    return new RegisteredModel(
        UUID.randomUUID(),
        "Model",
        "",
        1 << 20,
        "",
        "",
        "dbrx",
        "Q8_0",
        1,
        1,
        0,
        0,
        contextTokens,
        100,
        true,
        cacheBytesPerToken,
        0,
        0,
        true,
        Instant.EPOCH,
        null);
  }
}
