package io.witan.models.residency;

import io.witan.engine.EngineOptions;
import io.witan.engine.LanguageModel;
import io.witan.engine.TemplatedModel;
import io.witan.engine.serving.GenerationServer;
import io.witan.engine.serving.ServingOptions;
import io.witan.models.generation.Generator;
import io.witan.models.generation.GeneratorInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A model of random weights as the product runs it, with one of the tests' chat templates. */
public final class FixtureGenerator implements AutoCloseable {
  private static final int CONTEXT = 4096;

  private final LanguageModel model;
  private final GenerationServer server;
  private final LocalGenerator generator;

  /**
   * @param controls control tokens that its vocabulary shall have
   */
  public FixtureGenerator(String name, String template, List<String> controls, Path folder)
      throws IOException {
    var file =
        TemplatedModel.write(
            "models/qwen3moe-q8_0.gguf", template, controls, folder.resolve(template + ".gguf"));
    model =
        LanguageModel.load(
            file,
            EngineOptions.defaults()
                .withThreads(1)
                .withContextTokens(CONTEXT)
                .withCacheTokens(2 * CONTEXT));
    server = new GenerationServer(model, ServingOptions.defaults());
    generator =
        new LocalGenerator(
            new GeneratorInfo("6f1d2b9e-0000-4000-8000-000000000002", name, true, CONTEXT, true),
            server,
            model.promptWriter(Clock.systemUTC()),
            new ReadingSpeed(100, 10, 0),
            model::outputGrammars,
            new ResidentAdapters(model, server));
  }

  public Generator generator() {
    return generator;
  }

  @Override
  public void close() {
    server.close();
    model.close();
  }
}
