package io.witan.models.residency;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.witan.engine.serving.ServingStatistics;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.springframework.stereotype.Component;

/**
 * What the active model does, as meters {@code witan.generator.*}. Counters begin again when
 * another model is activated.
 */
@Component
class GeneratorMeters implements MeterBinder {
  private final ResidentModels models;

  GeneratorMeters(ResidentModels models) {
    this.models = models;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "queued", "requests that wait", ServingStatistics::queued);
    gauge(registry, "running", "requests that are answered", ServingStatistics::running);
    gauge(registry, "batch.size", "requests in a step", ServingStatistics::batchSize);
    gauge(registry, "pages.used", "cache pages of requests", now -> now.pages().used());
    gauge(registry, "pages.kept", "cache pages to be reused", now -> now.pages().kept());
    gauge(registry, "pages.budget", "cache pages in all", now -> now.pages().budget());
    gauge(registry, "prompt.rate", "tokens read", ServingStatistics::promptTokensPerSecond);
    gauge(
        registry, "generated.rate", "tokens written", ServingStatistics::generatedTokensPerSecond);
    counter(registry, "requests.submitted", now -> now.counts().submitted());
    counter(registry, "requests.refused", now -> now.counts().refused());
    counter(registry, "requests.completed", now -> now.counts().completed());
    counter(registry, "requests.cancelled", now -> now.counts().cancelled());
    counter(registry, "requests.failed", now -> now.counts().failed());
    counter(registry, "tokens.prompt", now -> now.counts().promptTokens());
    counter(registry, "tokens.reused", now -> now.counts().reusedTokens());
    counter(registry, "tokens.generated", now -> now.counts().generatedTokens());
    timer(registry, "queue.time", ServingStatistics::queueTime);
    timer(registry, "first.token.time", ServingStatistics::firstTokenTime);
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      String description,
      ToDoubleFunction<ServingStatistics> value) {
    Gauge.builder("witan.generator." + name, models, it -> of(it, value))
        .description(description)
        .register(registry);
  }

  private void counter(
      MeterRegistry registry, String name, ToLongFunction<ServingStatistics> value) {
    FunctionCounter.builder("witan.generator." + name, models, it -> of(it, value::applyAsLong))
        .register(registry);
  }

  private void timer(
      MeterRegistry registry,
      String name,
      Function<ServingStatistics, ServingStatistics.Times> of) {
    FunctionTimer.builder(
            "witan.generator." + name,
            models,
            it -> (long) of(it, now -> of.apply(now).count()),
            it -> of(it, now -> of.apply(now).totalSeconds()),
            TimeUnit.SECONDS)
        .register(registry);
  }

  private static double of(ResidentModels models, ToDoubleFunction<ServingStatistics> value) {
    return models.statistics().map(value::applyAsDouble).orElse(0.0);
  }
}
