package io.witan.engine.tokenizer;

import io.witan.engine.EngineException;
import io.witan.engine.gguf.GgufMetadata;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Text to tokens and back, as a model's file says. Token for token what llama.cpp makes of it, in
 * time linear in the text but for a logarithm. Safe for use by several threads.
 */
public final class Tokenizer {
  private final Vocabulary vocabulary;
  private final Segmentation segmentation;
  private final SpecialTokens userTokens;
  private final SpecialTokens specialTokens;
  private final OptionalInt beginning;
  private final OptionalInt end;
  private final boolean addsBeginning;
  private final boolean addsEnd;
  private final BitSet endTokens = new BitSet();

  private Tokenizer(GgufMetadata metadata) {
    var defaults = Defaults.of(metadata);
    this.vocabulary = Vocabulary.of(metadata);
    this.beginning = token(metadata, "bos", defaults.beginning());
    this.end = token(metadata, "eos", defaults.end());
    this.segmentation =
        switch (defaults.preTokenizer()) {
          case null ->
              new SentencePieces(metadata, vocabulary, token(metadata, "unknown", 0).orElse(-1));
          case PreTokenizer preTokenizer -> new BytePairs(metadata, vocabulary, preTokenizer);
        };
    this.addsBeginning = adds(metadata, "bos", defaults.addsBeginning(), beginning);
    this.addsEnd = adds(metadata, "eos", false, end);
    this.userTokens = new SpecialTokens(vocabulary, false);
    this.specialTokens = new SpecialTokens(vocabulary, true);
    end.ifPresent(endTokens::set);
    token(metadata, "eot", -1).ifPresent(endTokens::set);
    token(metadata, "eom", -1).ifPresent(endTokens::set);
    for (int id = 0; id < vocabulary.size(); id++) {
      if (EndTokens.endsGeneration(vocabulary.text(id))) {
        endTokens.set(id);
      }
    }
  }

  /**
   * The tokenizer that a file describes.
   *
   * @throws EngineException if the description is damaged or of a kind that is not known
   */
  public static Tokenizer of(GgufMetadata metadata) {
    return new Tokenizer(metadata);
  }

  /**
   * The tokens of a text. Half a surrogate pair counts as U+FFFD.
   *
   * @param addSpecial put the beginning and end tokens around it, as far as the model wants them
   * @param parseSpecial take the names of control tokens in it for these tokens; never for text
   *     that a stranger wrote
   */
  public int[] encode(String text, boolean addSpecial, boolean parseSpecial) {
    var ids = new IntList();
    if (addSpecial && addsBeginning) {
      ids.add(beginning.orElseThrow());
    }
    (parseSpecial ? specialTokens : userTokens)
        .split(
            wellFormed(text),
            new SpecialTokens.Pieces() {
              private boolean atStart = true;

              @Override
              public void text(String piece) {
                segmentation.encode(piece, atStart, ids);
                atStart = false;
              }

              @Override
              public void special(int id) {
                ids.add(id);
                atStart = true;
              }
            });
    if (addSpecial && addsEnd) {
      ids.add(end.orElseThrow());
    }
    return ids.toArray();
  }

  /**
   * A stretch of a prompt.
   *
   * @param trusted whether names of control tokens in it mean these tokens
   */
  public record Part(String text, boolean trusted) {}

  /**
   * The tokens of a prompt that is made of trusted and of other text, without those of its
   * beginning and end. Text is cut into tokens across the borders of parts, as if it were one; but
   * what is not trusted never becomes a control token, nor one that ends generation, nor one that a
   * trusted part uses, whatever the file calls its type.
   */
  public int[] encode(List<Part> parts) {
    return new PartEncoder(this, segmentation, userTokens, specialTokens).encode(parts);
  }

  static String wellFormed(String text) {
    boolean halves = text.codePoints().anyMatch(Tokenizer::isHalf);
    if (!halves) {
      return text;
    }
    var whole = new StringBuilder(text.length());
    text.codePoints().forEach(point -> whole.appendCodePoint(isHalf(point) ? 0xFFFD : point));
    return whole.toString();
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** The text of tokens, control tokens left out; what is no UTF-8 becomes U+FFFD. */
  public String decode(int... ids) {
    return new String(decodeBytes(ids), StandardCharsets.UTF_8);
  }

  /**
   * The bytes of a whole text, control tokens left out, without the space that encoding put at the
   * front, and tidied where the model's family does so. Tokens as they come are for {@link
   * #detokenizer()}, which changes nothing.
   */
  public byte[] decodeBytes(int... ids) {
    var bytes = new ByteArrayOutputStream();
    boolean dropSpace = segmentation.addsLeadingSpace();
    for (int id : ids) {
      if (isControl(id)) {
        continue;
      }
      byte[] piece = bytes(id);
      int skipped = dropSpace && piece.length > 0 && piece[0] == ' ' ? 1 : 0;
      bytes.write(piece, skipped, piece.length - skipped);
      dropSpace = false;
    }
    byte[] text = bytes.toByteArray();
    return segmentation.tidiesSpaces() ? SpaceTidying.tidy(text) : text;
  }

  /** Decodes one sequence token by token, control tokens left out. */
  public Detokenizer detokenizer() {
    return detokenizer(none -> false);
  }

  /** Decodes one sequence token by token, control tokens by their names. */
  public Detokenizer detokenizerWithControl() {
    return detokenizer(all -> true);
  }

  /** Decodes one sequence token by token, some control tokens by their names. */
  public Detokenizer detokenizer(IntPredicate shown) {
    return new Detokenizer(this, shown);
  }

  /** The bytes that one token stands for; of a control token, its name. */
  public byte[] bytes(int id) {
    check(id);
    return switch (vocabulary.type(id)) {
      case UNKNOWN, CONTROL, USER_DEFINED -> text(id).getBytes(StandardCharsets.UTF_8);
      case NORMAL, BYTE -> segmentation.bytes(id);
      case UNDEFINED, UNUSED -> new byte[0];
    };
  }

  /** The token as the file spells it. */
  public String text(int id) {
    check(id);
    return vocabulary.text(id);
  }

  /** The token that the file spells like this. */
  public OptionalInt find(String text) {
    int id = vocabulary.id(text);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  public int size() {
    return vocabulary.size();
  }

  /** The token that begins a text. */
  public OptionalInt beginning() {
    return beginning;
  }

  /** The token that ends a text; see also {@link #endsGeneration}. */
  public OptionalInt end() {
    return end;
  }

  public boolean addsBeginning() {
    return addsBeginning;
  }

  /** Whether generation is over after this token. */
  public boolean endsGeneration(int id) {
    return endTokens.get(id);
  }

  /** Whether the token steers the model and is no text. */
  public boolean isControl(int id) {
    check(id);
    var type = vocabulary.type(id);
    return type == TokenType.CONTROL || type == TokenType.UNKNOWN;
  }

  /** Whether the token ends or steers generation by a name that no text needs to have. */
  boolean steers(int id) {
    return vocabulary.type(id) == TokenType.CONTROL
        || (endTokens.get(id) && vocabulary.text(id).codePoints().limit(2).count() > 1);
  }

  private void check(int id) {
    if (id < 0 || id >= vocabulary.size()) {
      throw new EngineException.LimitExceeded(
          "there is no token %d: the vocabulary has %d".formatted(id, vocabulary.size()));
    }
  }

  private OptionalInt token(GgufMetadata metadata, String name, int otherwise) {
    String key = "tokenizer.ggml." + name + "_token_id";
    int id = metadata.findInt(key).orElse(otherwise < vocabulary.size() ? otherwise : -1);
    if (id < -1 || id >= vocabulary.size()) {
      throw new EngineException.InvalidFile(
          "%s is %d: the vocabulary has %d".formatted(key, id, vocabulary.size()));
    }
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  private static boolean adds(
      GgufMetadata metadata, String name, boolean otherwise, OptionalInt token) {
    String key = "tokenizer.ggml.add_" + name + "_token";
    boolean adds = metadata.findBoolean(key).orElse(otherwise && token.isPresent());
    if (adds && token.isEmpty()) {
      throw new EngineException.InvalidFile(
          "%s is true, and there is no tokenizer.ggml.%s_token_id".formatted(key, name));
    }
    return adds;
  }
}
