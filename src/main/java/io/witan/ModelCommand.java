package io.witan;

import picocli.CommandLine.Command;

/** Works with model files by themselves: no server, no database. */
@Command(
    name = "model",
    description = "Look into and run model files (GGUF), without a server.",
    subcommands = {
      ModelInspect.class,
      ModelTokenize.class,
      ModelDetokenize.class,
      ModelLogits.class,
      ModelGenerate.class,
      ModelBench.class,
      ModelSynth.class
    })
final class ModelCommand {}
