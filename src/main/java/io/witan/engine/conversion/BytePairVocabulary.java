package io.witan.engine.conversion;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Byte pairs of a tokenizer.json: those of bytes (GPT-2), and those of SentencePiece. */
final class BytePairVocabulary {
  private static final float SINGLE = -1e6f;

  private final Settings tokenizer;
  private final Settings model;
  private final TokenTable table;

  BytePairVocabulary(Settings tokenizer, TokenTable table) {
    this.tokenizer = tokenizer;
    this.model = tokenizer.child("model");
    this.table = table;
  }

  static boolean isOfBytes(Settings tokenizer) {
    return isPairs(tokenizer) && decodes(tokenizer, "ByteLevel");
  }

  /** As {@code LlamaHfVocab} of llama.cpp recognises it. */
  static boolean isOfPieces(Settings tokenizer) {
    return isPairs(tokenizer)
        && tokenizer.child("model").flag("byte_fallback")
        && decodes(tokenizer, "Sequence");
  }

  private static boolean isPairs(Settings tokenizer) {
    return tokenizer
        .findChild("model")
        .flatMap(model -> model.findText("type"))
        .orElse("")
        .equals("BPE");
  }

  private static boolean decodes(Settings tokenizer, String type) {
    return tokenizer
        .findChild("decoder")
        .flatMap(decoder -> decoder.findText("type"))
        .orElse("")
        .equals(type);
  }

  void writeBytes(GgufWriter writer, String preTokenizer) {
    fill();
    writer.string("tokenizer.ggml.model", "gpt2");
    writer.string("tokenizer.ggml.pre", preTokenizer);
    table.write(writer, false);
    writer.strings(
        "tokenizer.ggml.merges",
        merges().stream().map(pair -> shown(pair.get(0)) + " " + shown(pair.get(1))).toList());
  }

  /**
   * The scores that SentencePiece had are lost in this form, but not their order: the earlier a
   * merge, the higher what it makes. (llama.cpp's converter gives all the same score.)
   */
  void writePieces(GgufWriter writer) {
    fill();
    Map<String, Integer> ids = table.ids();
    var merges = merges();
    for (int rank = merges.size() - 1; rank >= 0; rank--) {
      var made = ids.get(merges.get(rank).get(0) + merges.get(rank).get(1));
      if (made != null) {
        table.set(made, table.text(made), -rank, TokenTable.NORMAL);
      }
    }
    writer.string("tokenizer.ggml.model", "llama");
    writer.string("tokenizer.ggml.pre", "default");
    table.write(writer, true);
  }

  private void fill() {
    var vocabulary = model.child("vocab");
    for (String text : vocabulary.values().keySet()) {
      boolean octet = text.matches("<0x[0-9A-Fa-f]{2}>") && model.flag("byte_fallback");
      table.set(
          id(vocabulary.whole(text), text),
          text,
          octet ? 0 : SINGLE,
          octet ? TokenTable.BYTE : TokenTable.NORMAL);
    }
    for (var added : tokenizer.children("added_tokens")) {
      String text = added.findText("content").orElse("");
      table.add(id(added.whole("id"), text), text, added.flag("special"));
    }
  }

  private int id(int id, String text) {
    if (!table.holds(id)) {
      throw new EngineException.InvalidFile(
          "%s: the token “%s” has the id %d in a vocabulary of %d"
              .formatted(tokenizer.file(), text, id, table.size()));
    }
    return id;
  }

  /** Pairs; older files have them as one text with a space. */
  private List<List<String>> merges() {
    var merges = new ArrayList<List<String>>();
    for (var item : model.items("merges")) {
      var pair =
          switch (item) {
            case Json.Text text -> List.of(text.value().split(" ", -1));
            case Json.Items parts -> texts(parts.values());
            default -> List.<String>of();
          };
      if (pair.size() != 2) {
        throw new EngineException.InvalidFile(tokenizer.file() + ": a merge of no pair");
      }
      merges.add(pair);
    }
    return merges;
  }

  private static List<String> texts(List<Json> values) {
    return values.stream()
        .flatMap(value -> value instanceof Json.Text text ? Stream.of(text.value()) : Stream.of())
        .toList();
  }

  private static String shown(String part) {
    return part.replace(' ', '\u0120');
  }
}
