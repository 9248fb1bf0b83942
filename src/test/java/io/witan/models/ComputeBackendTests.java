package io.witan.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.witan.models.residency.EngineSettings;
import io.witan.models.residency.ResidentModels;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.unit.DataSize;

/** What people and monitors see of the device, on the emulator. */
class ComputeBackendTests {
  private final ResidentModels models = mock();

  @BeforeEach
  void noModelIsActive() {
    assumeThat(System.getenv("TORNADOVM_HOME")).as("the SDK").isNull();
    when(models.device()).thenReturn(Optional.empty());
  }

  private ComputeBackend backend(String id, @Nullable String device, @Nullable DataSize memory) {
    return new ComputeBackend(models, new EngineSettings(id, device, memory));
  }

  @Test
  void autoSaysWhyNoGpuIsUsed() {
    var backend = backend("auto", null, null);

    assertThat(backend.describe().id()).isEqualTo("cpu");
    assertThat(backend.describe().available()).isTrue();
    assertThat(backend.describe().reason()).contains("no device is a GPU");
    var health = new EngineHealth(backend).health();
    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails()).containsEntry("backend", "cpu").containsKey("reason");
  }

  @Test
  void theProcessorThatWasAskedForNeedsNoReason() {
    var health = new EngineHealth(backend("cpu", null, null)).health();

    assertThat(health.getDetails()).containsEntry("device", "CPU").doesNotContainKey("reason");
  }

  @Test
  void aDeviceShowsItsMemoryAndTheLimit() {
    var now = backend("tornado", "emulator", DataSize.ofMegabytes(5)).describe();

    assertThat(now.name()).isEqualTo("TornadoVM emulator");
    assertThat(now.budgetBytes()).isEqualTo(5 << 20);
    assertThat(now.memoryBytes()).isGreaterThan(now.budgetBytes());
  }

  @Test
  void aDeviceThatIsNotThereIsDownWithTheReason() {
    var backend = backend("tornado", "H9000", null);

    assertThat(backend.describe().available()).isFalse();
    var health = new EngineHealth(backend).health();
    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.getDetails().get("reason")).asString().contains("no device H9000");
  }

  @Test
  void settingsThatMeanNothingAreRefused() {
    assertThatThrownBy(() -> backend("cuda", null, null))
        .hasMessage("witan.engine.backend must be one of auto, cpu, cpu-scalar, tornado, not cuda");
    assertThatThrownBy(() -> backend("auto", null, DataSize.ofBytes(0)))
        .hasMessageContaining("witan.engine.device-memory must be positive");
  }
}
