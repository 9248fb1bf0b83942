package io.witan.models.residency;

import io.swagger.v3.oas.annotations.media.Schema;
import io.witan.engine.EngineDevice;
import org.jspecify.annotations.Nullable;

/**
 * Whether a model fits a device with memory of its own, a GPU. Where it does not, {@code auto}
 * turns to the processor.
 *
 * @param name of the device
 * @param neededBytes weights, adapters, keys and values, and working memory
 * @param availableBytes what may be taken there, without what the active model takes
 */
@Schema(name = "DeviceFit")
public record DeviceFit(String name, long neededBytes, long availableBytes, boolean fits) {
  /** Buffers of a step. */
  private static final long WORKING_BYTES = 64L << 20;

  /**
   * @param takenBytes by the active model, which stays until the next one is loaded
   * @return null for the processor
   */
  static @Nullable DeviceFit of(EngineDevice device, ModelFit fit, long takenBytes) {
    if (!device.isSeparate()) {
      return null;
    }
    long needed = fit.weightBytes() + fit.adapterBytes() + fit.cacheBytes() + WORKING_BYTES;
    long available = Math.max(0, device.budgetBytes() - takenBytes);
    return new DeviceFit(device.name(), needed, available, needed <= available);
  }
}
