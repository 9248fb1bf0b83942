package io.witan.models.residency;

import io.witan.models.registry.ModelActivation;
import io.witan.shared.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Lets the model of the distribution write from the start, where it was measured to be good. */
@Component
class BuiltInDefault {
  private static final Logger log = LoggerFactory.getLogger(BuiltInDefault.class);

  private final ModelActivation activation;

  BuiltInDefault(ModelActivation activation) {
    this.activation = activation;
  }

  /** Before the models begin to be followed. */
  @EventListener(ApplicationReadyEvent.class)
  @Order(0)
  void follow() {
    try {
      activation
          .followDistribution()
          .ifPresent(model -> log.info("built-in model is the default modelId={}", model.id()));
    } catch (Failure refused) {
      log.warn("built-in model not activated code={}", refused.code());
    }
  }
}
