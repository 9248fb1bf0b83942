package io.witan;

import picocli.CommandLine.Command;

/** Works with model files, and with the models that were added to an installation. */
@Command(
    name = "model",
    description = {
      "Look into and run model files (GGUF) without a server, and keep the models of an",
      "installation: add, list, activate, deactivate, remove, adapters,",
      "and those on other machines: remote; and tokens of hosts that files come from: tokens."
    },
    subcommands = {
      ModelInspect.class,
      ModelTokenize.class,
      ModelDetokenize.class,
      ModelLogits.class,
      ModelGenerate.class,
      ModelBench.class,
      ModelVerify.class,
      ModelSynth.class,
      ModelConvert.class,
      ModelConvertAdapter.class,
      ModelQuantize.class,
      ModelJoin.class,
      ModelAdd.class,
      ModelList.class,
      ModelActivate.class,
      ModelDeactivate.class,
      ModelRemove.class,
      ModelAdapters.class,
      ModelRemote.class,
      ModelTokens.class
    })
final class ModelCommand {}
