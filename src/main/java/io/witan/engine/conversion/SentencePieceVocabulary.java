package io.witan.engine.conversion;

import io.witan.engine.gguf.GgufWriter;
import java.util.List;
import java.util.OptionalInt;

/** The tokens of a tokenizer.model, with those that other files add. */
final class SentencePieceVocabulary {
  private final TokenTable table;

  SentencePieceVocabulary(TokenTable table) {
    this.table = table;
  }

  /**
   * @param alsoOfTokenizer whether tokenizer.json may add tokens too (Phi-3)
   */
  void write(
      Checkpoint checkpoint,
      List<SentencePieceModel.Piece> pieces,
      boolean alsoOfTokenizer,
      GgufWriter writer) {
    for (int id = 0; id < pieces.size() && table.holds(id); id++) {
      var piece = pieces.get(id);
      table.set(id, piece.text(), piece.score(), type(piece));
    }
    checkpoint
        .settings("added_tokens.json")
        .ifPresent(added -> added.values().keySet().forEach(text -> addUser(added, text)));
    checkpoint
        .settings("tokenizer_config.json")
        .flatMap(config -> config.findChild("added_tokens_decoder"))
        .ifPresent(this::addDecoded);
    if (alsoOfTokenizer) {
      checkpoint
          .settings("tokenizer.json")
          .ifPresent(tokenizer -> tokenizer.children("added_tokens").forEach(this::addListed));
    }
    writer.string("tokenizer.ggml.model", "llama");
    writer.string("tokenizer.ggml.pre", "default");
    table.write(writer, true);
  }

  /** Pieces that are user defined count as normal, as in llama.cpp's converter. */
  private static int type(SentencePieceModel.Piece piece) {
    return switch (piece.type()) {
      case TokenTable.UNKNOWN, TokenTable.CONTROL, TokenTable.UNUSED, TokenTable.BYTE ->
          piece.type();
      default -> piece.text().startsWith("[UNUSED") ? TokenTable.UNUSED : TokenTable.NORMAL;
    };
  }

  private void addUser(Settings added, String text) {
    int id = added.whole(text);
    if (table.holds(id)) {
      table.set(id, text, TokenTable.ADDED_SCORE, TokenTable.USER_DEFINED);
    }
  }

  private void addDecoded(Settings decoder) {
    for (String key : decoder.values().keySet()) {
      var id = number(key);
      if (id.isPresent() && table.holds(id.getAsInt())) {
        add(id.getAsInt(), decoder.child(key));
      }
    }
  }

  private void addListed(Settings token) {
    int id = token.whole("id");
    if (table.holds(id)) {
      add(id, token);
    }
  }

  private void add(int id, Settings token) {
    table.add(id, token.findText("content").orElse(""), token.flag("special"));
  }

  private static OptionalInt number(String key) {
    return key.matches("[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(key)) : OptionalInt.empty();
  }
}
