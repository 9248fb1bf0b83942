package io.witan.engine.conversion;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufWriter;
import java.util.Set;

/** Writes a checkpoint's tokenizer and chat template. */
final class Vocabularies {
  private static final String TOKENIZER = "tokenizer.json";
  private static final String PIECES = "tokenizer.model";

  /** Families whose tokenizer.json adds tokens to those of tokenizer.model. */
  private static final Set<String> ALSO_OF_TOKENIZER = Set.of("phi3", "phimoe", "internlm2");

  private static final String SPACE_PREFIX = "tokenizer.ggml.add_space_prefix";

  private final Checkpoint checkpoint;
  private final Family family;
  private final GgufWriter writer;

  private Vocabularies(Checkpoint checkpoint, Family family, GgufWriter writer) {
    this.checkpoint = checkpoint;
    this.family = family;
    this.writer = writer;
  }

  /**
   * @return how many tokens there are
   * @throws EngineException if the tokenizer is missing or not understood
   */
  static int write(Checkpoint checkpoint, Family family, GgufWriter writer) {
    return new Vocabularies(checkpoint, family, writer).write();
  }

  private int write() {
    var tokenizer = checkpoint.settings(TOKENIZER).orElse(Settings.empty(TOKENIZER));
    var config =
        checkpoint
            .settings("tokenizer_config.json")
            .orElse(Settings.empty("tokenizer_config.json"));
    var settings = checkpoint.config();
    var table = new TokenTable(settings.whole("vocab_size"), settings.file());
    writeTokens(tokenizer, config, table);
    if (family.architecture().equals("gemma")) {
      writer.flag(SPACE_PREFIX, false);
    } else if (family.architecture().equals("llama")) {
      config.findFlag("add_prefix_space").ifPresent(adds -> writer.flag(SPACE_PREFIX, adds));
    }
    new SpecialTokens(checkpoint, tokenizer, config, table).write(writer);
    writeTemplate(config);
    return table.size();
  }

  private void writeTokens(Settings tokenizer, Settings config, TokenTable table) {
    var pieces = checkpoint.bytes(PIECES);
    if (BytePairVocabulary.isOfBytes(tokenizer)) {
      boolean tidies = config.findFlag("clean_up_tokenization_spaces").orElse(true);
      String name = PreTokenizerNames.of(tokenizer, family.architecture(), tidies);
      new BytePairVocabulary(tokenizer, table).writeBytes(writer, name);
    } else if (pieces.isPresent()) {
      String file = checkpoint.folder().resolve(PIECES).toString();
      boolean all = ALSO_OF_TOKENIZER.contains(family.architecture());
      var model = SentencePieceModel.read(pieces.get(), file);
      new SentencePieceVocabulary(table).write(checkpoint, model.pieces(), all, writer);
      if (family.architecture().equals("internlm2")) {
        writer.flag(SPACE_PREFIX, model.putsSpaceFirst());
      }
    } else if (BytePairVocabulary.isOfPieces(tokenizer)) {
      new BytePairVocabulary(tokenizer, table).writePieces(writer);
    } else {
      throw new EngineException.Unsupported(
          "%s: no tokenizer that is understood: a %s of byte pairs (not: %s) or a %s is needed"
              .formatted(
                  checkpoint.folder(),
                  TOKENIZER,
                  tokenizer
                      .findChild("model")
                      .flatMap(model -> model.findText("type"))
                      .orElse("none"),
                  PIECES));
    }
  }

  private void writeTemplate(Settings config) {
    var said = config.find("chat_template");
    if (said instanceof Json.Text text) {
      template("", text.value());
    } else if (said instanceof Json.Items) {
      for (var named : config.children("chat_template")) {
        String name = named.findText("name").orElse("");
        template(name.equals("default") ? "" : "." + name, named.findText("template").orElse(""));
      }
    } else {
      checkpoint
          .text("chat_template.jinja")
          .or(
              () ->
                  checkpoint
                      .settings("chat_template.json")
                      .flatMap(file -> file.findText("chat_template")))
          .ifPresent(text -> template("", text));
    }
  }

  private void template(String suffix, String text) {
    if (!text.isEmpty()) {
      writer.string("tokenizer.chat_template" + suffix, text);
    }
  }
}
