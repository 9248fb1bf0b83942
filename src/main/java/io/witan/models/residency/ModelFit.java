package io.witan.models.residency;

import io.swagger.v3.oas.annotations.media.Schema;
import io.witan.engine.EngineOptions;
import io.witan.models.registry.RegisteredModel;
import org.jspecify.annotations.Nullable;

/**
 * Whether a model fits the memory that is free now, and how it would run.
 *
 * @param neededBytes weights, adapters, keys and values, and working memory
 * @param availableBytes free now, what other models take not included
 * @param weightBytes the file, of which what does not fit is read from disk again and again
 * @param adapterBytes the model's adapters, which lie in Java's heap as floats
 * @param cacheBytes keys and values of all requests together
 * @param contextTokens of prompt and answer together
 * @param cacheTokens of all requests together
 * @param heapBytes what Java may take for adapters, keys and values
 * @param device whether it fits the device that it would run on; null for the processor
 */
@Schema(name = "ModelFit")
public record ModelFit(
    Verdict verdict,
    long neededBytes,
    long availableBytes,
    long weightBytes,
    long adapterBytes,
    long cacheBytes,
    int contextTokens,
    int cacheTokens,
    long heapBytes,
    @Nullable DeviceFit device) {
  private static final int MOST_CONTEXT = 32_768;
  private static final int LEAST_CONTEXT = 4096;
  private static final int USUAL_CONTEXT = 8192;
  private static final long WORKING_BYTES = 300L << 20;
  private static final int PAGE_TOKENS = 64;

  /** Floats for the halves that adapters' files mostly have. */
  private static final int ADAPTER_GROWTH = 2;

  /** How well. */
  public enum Verdict {
    /** Everything fits. */
    FITS,
    /** The weights do not all fit, so that they are read from disk again and again. */
    SLOW,
    /** Not even one context fits: it is refused. */
    TOO_LARGE
  }

  /**
   * @param adapterFileBytes of all the model's adapters that are on this machine
   */
  static ModelFit of(
      RegisteredModel model,
      long adapterFileBytes,
      GeneratorSettings settings,
      MachineMemory memory) {
    long adapters = ADAPTER_GROWTH * adapterFileBytes;
    long perToken =
        Math.max(1, EngineOptions.cacheBytes(settings.kv(), model.cacheBytesPerToken()));
    long room = Math.min(memory.availableBytes() - WORKING_BYTES, memory.heapBytes()) - adapters;
    var configured = settings.cacheMemory();
    long budget = configured == null ? memory.availableBytes() / 4 : configured.toBytes();
    int context = context(model, settings, perToken, configured == null ? room : budget);
    long most = Math.min(Integer.MAX_VALUE / 2, (long) settings.running() * context);
    long tokens = Math.clamp(Math.min(budget, room) / perToken, context, Math.max(context, most));
    long cache = tokens * perToken;
    long needed = model.bytes() + adapters + cache + WORKING_BYTES;
    boolean refused = cache > room || (configured != null && cache > budget);
    return new ModelFit(
        refused
            ? Verdict.TOO_LARGE
            : needed <= memory.availableBytes() ? Verdict.FITS : Verdict.SLOW,
        needed,
        memory.availableBytes(),
        model.bytes(),
        adapters,
        cache,
        context,
        (int) tokens,
        memory.heapBytes(),
        null);
  }

  /**
   * The same with what a device says to it.
   *
   * @param required whether it must run there
   */
  ModelFit on(@Nullable DeviceFit place, boolean required) {
    if (verdict == Verdict.TOO_LARGE) {
      return this;
    }
    return new ModelFit(
        required && place != null && !place.fits() ? Verdict.TOO_LARGE : verdict,
        neededBytes,
        availableBytes,
        weightBytes,
        adapterBytes,
        cacheBytes,
        contextTokens,
        cacheTokens,
        heapBytes,
        place);
  }

  /**
   * This, of a model that is about to be loaded.
   *
   * @throws ModelTooLarge if it does not fit
   */
  ModelFit orRefuse(RegisteredModel model) {
    if (verdict == Verdict.TOO_LARGE) {
      throw new ModelTooLarge(model.name(), this);
    }
    return this;
  }

  /** What was asked for; else what the model has, halved until it has room. */
  private static int context(
      RegisteredModel model, GeneratorSettings settings, long perToken, long room) {
    int own = model.contextTokens() == 0 ? USUAL_CONTEXT : model.contextTokens();
    if (settings.contextTokens() > 0) {
      return Math.min(own, settings.contextTokens());
    }
    int context = Math.min(own, MOST_CONTEXT);
    while (context / 2 >= LEAST_CONTEXT && pages(context) * perToken > room) {
      context /= 2;
    }
    return context;
  }

  private static long pages(int context) {
    return (long) Math.ceilDiv(context, PAGE_TOKENS) * PAGE_TOKENS;
  }
}
