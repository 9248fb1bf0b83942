package io.witan.models.residency;

import io.witan.shared.Failure;

/** Not even one text of the model's length fits into memory. */
public final class ModelTooLarge extends Failure {
  private static final long serialVersionUID = 1L;

  ModelTooLarge(String name, ModelFit fit) {
    super(
        "model-too-large",
        Kind.UNAVAILABLE,
        "The model is too large for this machine",
        fit.device() == null ? machine(name, fit) : device(name, fit.device()));
  }

  private static String machine(String name, ModelFit fit) {
    return ("Keys and values of “%s” take %,d MB for a text of %,d tokens and its adapters %,d MB;"
            + " the machine has %,d MB left, and Java may take %,d MB of them. Set"
            + " witan.models.generator.context-tokens lower or witan.models.generator.cache-memory"
            + " higher, deactivate the active model first, or give Java or the machine more memory.")
        .formatted(
            name,
            fit.cacheBytes() >> 20,
            fit.contextTokens(),
            fit.adapterBytes() >> 20,
            fit.availableBytes() >> 20,
            fit.heapBytes() >> 20);
  }

  private static String device(String name, DeviceFit device) {
    return ("“%s” needs %,d MB of the memory of %s, of which %,d MB may be taken. Deactivate the"
            + " active model first, set witan.models.generator.cache-memory lower, or let"
            + " witan.engine.backend be auto, which turns to the processor.")
        .formatted(name, device.neededBytes() >> 20, device.name(), device.availableBytes() >> 20);
  }
}
