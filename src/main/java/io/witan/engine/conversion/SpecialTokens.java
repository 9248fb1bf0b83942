package io.witan.engine.conversion;

import io.witan.engine.gguf.GgufWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens begin, end and pad texts. The order of the places where this may stand is that of
 * llama.cpp: tokenizer_config.json, config.json; then generation_config.json.
 */
final class SpecialTokens {
  /** Names in Hugging Face's files, and in ours. */
  private static final Map<String, String> KINDS = kinds();

  private static final List<String> MORE_ENDS = List.of("eot", "eom");

  private final Checkpoint checkpoint;
  private final Settings tokenizer;
  private final Settings tokenizerConfig;
  private final TokenTable table;

  SpecialTokens(
      Checkpoint checkpoint, Settings tokenizer, Settings tokenizerConfig, TokenTable table) {
    this.checkpoint = checkpoint;
    this.tokenizer = tokenizer;
    this.tokenizerConfig = tokenizerConfig;
    this.table = table;
  }

  private static Map<String, String> kinds() {
    var kinds = new LinkedHashMap<String, String>();
    kinds.put("bos", "bos");
    kinds.put("eos", "eos");
    kinds.put("unk", "unknown");
    kinds.put("sep", "seperator");
    kinds.put("pad", "padding");
    kinds.put("cls", "cls");
    kinds.put("mask", "mask");
    return kinds;
  }

  void write(GgufWriter writer) {
    var generation = checkpoint.settings("generation_config.json");
    var ends = generation.map(SpecialTokens::ends).orElse(List.of());
    KINDS.forEach(
        (kind, key) -> {
          var id = id(kind);
          if (id.isEmpty() && kind.equals("eos") && !ends.isEmpty()) {
            id = OptionalInt.of(ends.getFirst());
          }
          id.ifPresent(value -> put(writer, key, value));
          if (kind.equals("eos")) {
            writeMoreEnds(writer, ends, id.orElse(-1));
          }
        });
    adds("bos").ifPresent(adds -> writer.flag("tokenizer.ggml.add_bos_token", adds));
    adds("eos").ifPresent(adds -> writer.flag("tokenizer.ggml.add_eos_token", adds));
  }

  /** Models that stop at several tokens say so only in generation_config.json. */
  private void writeMoreEnds(GgufWriter writer, List<Integer> ends, int end) {
    var more = ends.stream().filter(id -> id != end && table.holds(id)).distinct().toList();
    for (int i = 0; i < Math.min(more.size(), MORE_ENDS.size()); i++) {
      put(writer, MORE_ENDS.get(i), more.get(i));
    }
  }

  private static void put(GgufWriter writer, String key, int id) {
    writer.unsigned("tokenizer.ggml." + key + "_token_id", id);
  }

  private static List<Integer> ends(Settings generation) {
    if (generation.find("eos_token_id") instanceof Json.Items items) {
      var ids = new ArrayList<Integer>();
      for (var item : items.values()) {
        if (item instanceof Json.Figure figure && figure.literal().matches("[0-9]{1,9}")) {
          ids.add(Integer.parseInt(figure.literal()));
        }
      }
      return ids;
    }
    var one = generation.findWhole("eos_token_id");
    return one.isPresent() ? List.of(one.getAsInt()) : List.of();
  }

  private OptionalInt id(String kind) {
    var text = text(kind);
    var id = OptionalInt.empty();
    if (text.isPresent()) {
      id = added(text.get());
    }
    if (id.isEmpty() && checkpoint.config().find(kind + "_token_id") instanceof Json.Figure) {
      id = checkpoint.config().findWhole(kind + "_token_id");
    }
    if (id.isEmpty() && text.isPresent()) {
      id = table.find(text.get());
    }
    return id.isPresent() && table.holds(id.getAsInt()) ? id : OptionalInt.empty();
  }

  private OptionalInt added(String text) {
    for (var token : tokenizer.children("added_tokens")) {
      if (token.findText("content").orElse("").equals(text)) {
        return token.findWhole("id");
      }
    }
    return OptionalInt.empty();
  }

  private Optional<String> text(String kind) {
    return textOf(tokenizerConfig.find(kind + "_token"));
  }

  private static Optional<String> textOf(@Nullable Json entry) {
    if (entry instanceof Json.Mapping mapping) {
      return textOf(mapping.values().get("content"));
    }
    return entry instanceof Json.Text text ? Optional.of(text.value()) : Optional.empty();
  }

  /** Whether a text gets such a token; empty if no file says it. */
  private Optional<Boolean> adds(String kind) {
    var said = tokenizerConfig.find("add_" + kind + "_token");
    if (said instanceof Json.Flag flag) {
      return Optional.of(flag.value());
    }
    var post = tokenizer.findChild("post_processor");
    if (post.isEmpty()) {
      return Optional.empty();
    }
    var steps =
        post.get().has("processors") ? post.get().children("processors") : List.of(post.get());
    return steps.stream()
        .filter(step -> step.findText("type").orElse("").equals("TemplateProcessing"))
        .flatMap(step -> templateAdds(step.children("single"), kind).stream())
        .findFirst();
  }

  private Optional<Boolean> templateAdds(List<Settings> template, String kind) {
    if (template.size() < 2) {
      return Optional.empty();
    }
    var place = kind.equals("bos") ? template.getFirst() : template.getLast();
    var special = place.findChild("SpecialToken").flatMap(token -> token.findText("id"));
    return special.map(text -> text(kind).orElse(text).equals(text));
  }
}
