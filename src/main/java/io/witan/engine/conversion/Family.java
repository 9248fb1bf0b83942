package io.witan.engine.conversion;

import io.witan.engine.EngineException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Checkpoints that are converted in the same way.
 *
 * @param names what {@code architectures} of their config.json says
 * @param architecture what {@code general.architecture} of the file says
 * @param rules their tensors
 * @param describe writes their sizes and constants
 * @param tiesByDefault whether the embedding is the output matrix too where the config is silent
 */
record Family(
    Set<String> names,
    String architecture,
    List<Rule> rules,
    BiConsumer<Parameters, Settings> describe,
    boolean tiesByDefault) {
  private static final List<Family> KNOWN =
      List.of(
          of(
                  "llama",
                  Layouts.LLAMA,
                  FamilyParameters::llama,
                  "LlamaForCausalLM",
                  "LLaMAForCausalLM")
              .and("MistralForCausalLM"),
          of("llama", Layouts.MIXTRAL, FamilyParameters::llama, "MixtralForCausalLM"),
          of("dbrx", Layouts.DBRX, FamilyParameters::dbrx, "DbrxForCausalLM"),
          of("qwen2", Layouts.QWEN2, Parameters::usual, "Qwen2ForCausalLM"),
          of("qwen2moe", Layouts.QWEN2_MOE, FamilyParameters::qwenMoe, "Qwen2MoeForCausalLM"),
          of("qwen3", Layouts.QWEN3, Parameters::usual, "Qwen3ForCausalLM"),
          of("qwen3moe", Layouts.QWEN3_MOE, FamilyParameters::qwenMoe, "Qwen3MoeForCausalLM"),
          of("olmoe", Layouts.QWEN3_MOE, FamilyParameters::olmoe, "OlmoeForCausalLM"),
          of("granite", Layouts.LLAMA, FamilyParameters::granite, "GraniteForCausalLM"),
          of("granitemoe", Layouts.GRANITE_MOE, FamilyParameters::granite, "GraniteMoeForCausalLM"),
          of("granitemoe", Layouts.GRANITE_MOE_SHARED, FamilyParameters::granite)
              .and("GraniteMoeSharedForCausalLM"),
          of("phi3", Layouts.PHI3, FamilyParameters::phi3, "Phi3ForCausalLM"),
          of("gemma", Layouts.GEMMA, FamilyParameters::gemma, "GemmaForCausalLM").tied(),
          of("mpt", Layouts.MPT, FamilyParameters::mpt, "MPTForCausalLM", "MptForCausalLM").tied(),
          of("grok", Layouts.GROK, FamilyParameters::grok, "GrokForCausalLM"),
          of("grok", Layouts.GROK_2, FamilyParameters::grok, "Grok1ForCausalLM"),
          of("phimoe", MoreLayouts.PHI_MOE, MoreFamilyParameters::phiMoe, "PhiMoEForCausalLM")
              .and("PhimoeForCausalLM"),
          of("olmo2", MoreLayouts.OLMO_2, Parameters::usual, "Olmo2ForCausalLM"),
          of("starcoder2", MoreLayouts.STARCODER_2, Parameters::usual, "Starcoder2ForCausalLM")
              .tied(),
          of("deepseek", MoreLayouts.DEEPSEEK, MoreFamilyParameters::deepseek)
              .and("DeepseekForCausalLM"),
          of("internlm2", MoreLayouts.INTERNLM_2, Parameters::usual, "InternLM2ForCausalLM"),
          of("minicpm", Layouts.LLAMA, MoreFamilyParameters::minicpm, "MiniCPMForCausalLM").tied(),
          of("orion", MoreLayouts.ORION, MoreFamilyParameters::orion, "OrionForCausalLM"),
          of("exaone", MoreLayouts.EXAONE, MoreFamilyParameters::exaone, "ExaoneForCausalLM"));

  private static Family of(
      String architecture,
      List<Rule> rules,
      BiConsumer<Parameters, Settings> describe,
      String... names) {
    return new Family(Set.of(names), architecture, rules, describe, false);
  }

  private Family and(String name) {
    var all = new TreeSet<>(names);
    all.add(name);
    return new Family(all, architecture, rules, describe, tiesByDefault);
  }

  private Family tied() {
    return new Family(names, architecture, rules, describe, true);
  }

  /**
   * The family of a config.json.
   *
   * @throws EngineException if it is unknown; the message lists those there are
   */
  static Family of(Settings config) {
    var items = config.items("architectures");
    String name = items.isEmpty() ? "" : items.getFirst() instanceof Json.Text t ? t.value() : "";
    for (var family : KNOWN) {
      if (family.names.contains(name)) {
        return family;
      }
    }
    var all = new TreeSet<String>();
    KNOWN.forEach(family -> all.addAll(family.names));
    throw new EngineException.Unsupported(
        "%s: the architecture “%s” cannot be converted; these can: %s"
            .formatted(config.file(), name, String.join(", ", all)));
  }

  /** The rules of all families of an architecture. */
  static List<Rule> rulesOf(String architecture) {
    return KNOWN.stream()
        .filter(family -> family.architecture.equals(architecture))
        .flatMap(family -> family.rules.stream())
        .toList();
  }
}
