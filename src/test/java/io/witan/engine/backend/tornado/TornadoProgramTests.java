package io.witan.engine.backend.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.witan.engine.EngineException;
import io.witan.engine.Fixtures;
import io.witan.engine.architecture.Hyperparameters;
import io.witan.engine.backend.Adapter;
import io.witan.engine.backend.BackendOptions;
import io.witan.engine.backend.KvFormat;
import io.witan.engine.backend.LowRank;
import io.witan.engine.gguf.GgufFile;
import io.witan.engine.graph.Graph;
import io.witan.engine.graph.Operation;
import io.witan.engine.transformer.Decoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What the back end starts, what is packaged, and what the emulator finds. */
class TornadoProgramTests {
  /** Sets what TornadoVM reads when its classes are loaded, whichever test comes first. */
  @BeforeAll
  static void tornadoIsHere() {
    assertThat(new TornadoBackend().missing()).isNull();
  }

  @Test
  void aMixtureLayerTakesEightLaunches() {
    try (var file = GgufFile.open(Fixtures.path("models/dbrx-f32.gguf"))) {
      var sizes = Hyperparameters.read(file.metadata());
      var graph = Decoder.graphOf(file, sizes, 64);
      var options = new BackendOptions(1, KvFormat.F16, 64, 8);
      try (var program = new TornadoProgram(graph, file::tensor, options, 4)) {
        // beside the layers: embed, select, norm with output, likeliest
        assertThat(program.launches()).isEqualTo(4 + 8 * sizes.layers());
      }
    }
  }

  @Test
  void launchesForAdaptersAreThereOnlyAsLongAsTheseAre() {
    try (var file = GgufFile.open(Fixtures.path("models/dbrx-f32.gguf"))) {
      var graph = Decoder.graphOf(file, Hyperparameters.read(file.metadata()), 64);
      var options = new BackendOptions(1, KvFormat.F16, 64, 8);
      try (var program = new TornadoProgram(graph, file::tensor, options, 4)) {
        int before = program.launches();
        program.setAdapter(2, changeOf(graph, "blk.0.attn_output.weight"));
        assertThat(program.launches()).isEqualTo(before + 2);
        program.setAdapter(1, changeOf(graph, "blk.0.attn_output.weight"));
        assertThat(program.launches()).isEqualTo(before + 2);
        program.setAdapter(2, null);
        assertThat(program.launches()).isEqualTo(before + 2);
        program.setAdapter(1, null);

        assertThat(program.launches()).isEqualTo(before);
      }
    }
  }

  @Test
  void anAdapterThatTheDeviceHasNoMemoryForIsRefusedAndNothingElseChanges() {
    try (var file = GgufFile.open(Fixtures.path("models/dbrx-f32.gguf"))) {
      var graph = Decoder.graphOf(file, Hyperparameters.read(file.metadata()), 64);
      var adapter = changeOf(graph, "blk.0.attn_output.weight");
      long taken;
      try (var program = new TornadoProgram(graph, file::tensor, options(Long.MAX_VALUE), 4)) {
        taken = program.deviceBytes();
      }
      // too little for its numbers, and for them but not for what its kernels keep
      long numbers = new AdapterArrays(List.of(adapter)).bytes();
      for (long spare : new long[] {numbers / 2, numbers + 8}) {
        try (var program = new TornadoProgram(graph, file::tensor, options(taken + spare), 4)) {
          int before = program.launches();
          assertThatThrownBy(() -> program.setAdapter(1, adapter))
              .isInstanceOf(EngineException.Unsupported.class)
              .hasMessageContaining("more than");

          assertThat(program.launches()).isEqualTo(before);
          assertThat(program.deviceBytes()).isEqualTo(taken);
          program.tryOut();
        }
      }
    }
  }

  private static BackendOptions options(long memory) {
    return new BackendOptions(1, KvFormat.F16, 64, 8, 0, memory);
  }

  private static Adapter changeOf(Graph graph, String name) {
    for (var operation : graph.operations()) {
      if (operation instanceof Operation.Multiply it && it.weight().name().equals(name)) {
        int columns = it.weight().columns();
        int rows = it.weight().rows();
        return new Adapter(
            Map.of(
                name,
                new LowRank(columns, rows, 1, 3, 1f, new float[3 * columns], new float[3 * rows])));
      }
    }
    throw new IllegalArgumentException(name);
  }

  @Test
  void theProductJarLeavesOutTheStandIn() throws Exception {
    var pom = Files.readString(Path.of("pom.xml"));
    assertThat(pom).contains("<exclude>uk/ac/manchester/tornado/**</exclude>");
    var jar = Path.of("target", "witan-0.1.0-SNAPSHOT.jar");
    assumeThat(Files.exists(jar)).as("a built jar").isTrue();
    try (var files = new java.util.jar.JarFile(jar.toFile())) {
      assertThat(files.stream().map(java.util.zip.ZipEntry::getName))
          .noneMatch(name -> name.contains("uk/ac/manchester/tornado"));
    }
  }

  @Test
  void theEmulatorFindsABarrierThatSomeItemsMiss() {
    assumeThat(TornadoBackend.isEmulated()).isTrue();
    assertThatThrownBy(() -> run(TornadoProgramTests::missesBarrier))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("at a barrier");
  }

  @Test
  void theEmulatorFindsAnIndexOutOfBounds() {
    assumeThat(TornadoBackend.isEmulated()).isTrue();
    assertThatThrownBy(() -> run(TornadoProgramTests::runsOver))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void theEmulatorWaitsAtBarriers() {
    assumeThat(TornadoBackend.isEmulated()).isTrue();
    var numbers = run(TornadoProgramTests::reverses);

    assertThat(new float[] {numbers.get(0), numbers.get(3), numbers.get(4), numbers.get(7)})
        .containsExactly(3, 0, 7, 4);
  }

  private interface Kernel
      extends uk.ac.manchester.tornado.api.common.TornadoFunctions.Task2<
          KernelContext, FloatArray> {}

  private static FloatArray run(Kernel kernel) {
    var numbers = new FloatArray(8);
    var graph = new TaskGraph("test");
    graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, numbers);
    graph.task("kernel", kernel, new KernelContext(), numbers);
    graph.transferToHost(DataTransferMode.EVERY_EXECUTION, numbers);
    var grid = new WorkerGrid1D(8);
    grid.setLocalWork(4, 1, 1);
    var grids = new GridScheduler();
    grids.addWorkerGrid("test.kernel", grid);
    new TornadoExecutionPlan(graph.snapshot()).withGridScheduler(grids).execute();
    return numbers;
  }

  private static void missesBarrier(KernelContext context, FloatArray numbers) {
    if (context.localIdx == 0) {
      context.localBarrier();
    }
    numbers.set(context.globalIdx, 1);
  }

  private static void runsOver(KernelContext context, FloatArray numbers) {
    numbers.set(context.globalIdx + 1, 1);
  }

  private static void reverses(KernelContext context, FloatArray numbers) {
    float[] shared = context.allocateFloatLocalArray(4);
    shared[context.localIdx] = context.globalIdx;
    context.localBarrier();
    numbers.set(context.globalIdx, shared[3 - context.localIdx]);
  }
}
