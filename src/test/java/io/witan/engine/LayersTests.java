package io.witan.engine;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Layers of the engine point down only. */
class LayersTests {
  @Test
  void layersCallOnlyThoseBelow() {
    var classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.witan.engine");

    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("io.witan.engine..")
        .layer("serving")
        .definedBy("io.witan.engine.serving..")
        .layer("root")
        .definedBy("io.witan.engine")
        .layer("transformer")
        .definedBy("io.witan.engine.transformer..")
        .layer("architecture")
        .definedBy("io.witan.engine.architecture..")
        .layer("grammar")
        .definedBy("io.witan.engine.grammar..")
        .layer("tools")
        .definedBy("io.witan.engine.tools..")
        .layer("synthesis")
        .definedBy("io.witan.engine.synthesis..")
        .layer("conversion")
        .definedBy("io.witan.engine.conversion..")
        .layer("adapter")
        .definedBy("io.witan.engine.adapter..")
        .layer("quantization")
        .definedBy("io.witan.engine.quantization..")
        .layer("backend")
        .definedBy("io.witan.engine.backend..")
        .layer("graph")
        .definedBy("io.witan.engine.graph..")
        .layer("gguf")
        .definedBy("io.witan.engine.gguf..")
        .layer("tensor")
        .definedBy("io.witan.engine.tensor..")
        .whereLayer("serving")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("transformer")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("grammar")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("tools")
        .mayOnlyBeAccessedByLayers("root", "grammar")
        .whereLayer("synthesis")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("conversion")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("adapter")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("quantization")
        .mayOnlyBeAccessedByLayers("root", "conversion")
        .whereLayer("backend")
        .mayOnlyBeAccessedByLayers("root", "quantization", "adapter")
        .whereLayer("architecture")
        .mayOnlyBeAccessedByLayers("root", "transformer", "synthesis")
        .whereLayer("graph")
        .mayOnlyBeAccessedByLayers(
            "root", "transformer", "architecture", "synthesis", "backend", "adapter")
        .ignoreDependency(
            JavaClass.Predicates.resideInAPackage("io.witan.engine.serving"),
            DescribedPredicate.describe(
                "pages, which serving deals out",
                type -> type.getName().equals("io.witan.engine.backend.CachePages")))
        .ignoreDependency(
            DescribedPredicate.alwaysTrue(),
            DescribedPredicate.describe(
                "exceptions and options, which all may use",
                type ->
                    type.getName().startsWith("io.witan.engine.EngineException")
                        || type.getName().equals("io.witan.engine.SamplingOptions")))
        .check(classes);
  }
}
