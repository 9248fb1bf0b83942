package io.witan.engine;

import io.witan.engine.backend.BackendOptions;
import io.witan.engine.backend.Program;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.graph.Graph;

/** A compiled graph and what it runs on. */
record PlacedProgram(Program program, EngineDevice device) {

  /**
   * Compiles for what the options choose; {@code auto} turns to the processor where a device
   * cannot.
   *
   * @throws EngineException if what was asked for cannot run it
   */
  static PlacedProgram of(Graph graph, GgufFile file, EngineOptions options, int cacheTokens) {
    var device = EngineDevice.choose(options);
    if (!device.isSeparate() || !EngineDevice.AUTO.equals(options.backend())) {
      return on(device, graph, file, options, cacheTokens);
    }
    try {
      return on(device, graph, file, options, cacheTokens);
    } catch (EngineException.Unsupported unfit) {
      var reason = "%s: %s".formatted(device.name(), unfit.getMessage());
      return on(EngineDevice.processor(reason), graph, file, options, cacheTokens);
    }
  }

  private static PlacedProgram on(
      EngineDevice device, Graph graph, GgufFile file, EngineOptions options, int cacheTokens) {
    var wanted =
        new BackendOptions(
            options.threads(),
            options.kvFormat(),
            cacheTokens,
            LanguageModel.MAX_ROWS,
            device.number(),
            device.isSeparate() ? Math.max(1, device.budgetBytes()) : Long.MAX_VALUE);
    var program = EngineDevice.backend(device.backend()).compile(graph, file::tensor, wanted);
    return new PlacedProgram(program, device);
  }
}
