package io.witan.engine;

import io.witan.engine.architecture.Hyperparameters;
import io.witan.engine.gguf.GgufFile;

/**
 * What a model is.
 *
 * @param name as its file says, or the file's name
 * @param architecture the family
 * @param parameters numbers in all weights
 * @param activeParameters numbers that one token meets
 * @param vocabulary tokens it knows
 * @param bytes of the file, all parts
 */
public record ModelDescription(
    String name,
    String architecture,
    long parameters,
    long activeParameters,
    int layers,
    int width,
    int experts,
    int expertsUsed,
    int contextLength,
    int vocabulary,
    long bytes) {

  static ModelDescription of(GgufFile file, Hyperparameters sizes, int vocabulary) {
    var parameters = ParameterCount.of(file, sizes.experts(), sizes.expertsUsed());
    return new ModelDescription(
        file.metadata().findString("general.name").orElse(file.path().getFileName().toString()),
        sizes.architecture().name(),
        parameters.total(),
        parameters.active(),
        sizes.layers(),
        sizes.width(),
        sizes.experts(),
        sizes.expertsUsed(),
        sizes.contextLength(),
        vocabulary,
        file.bytes());
  }
}
