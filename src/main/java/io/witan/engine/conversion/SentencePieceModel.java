package io.witan.engine.conversion;

import io.witan.engine.EngineException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a tokenizer.model of SentencePiece's, a message of Protocol Buffers
 * (sentencepiece_model.proto): its pieces, and whether they merge by score.
 */
final class SentencePieceModel {
  private static final int PIECES = 1;
  private static final int TRAINER = 2;
  private static final int TRAINER_TYPE = 3;
  private static final int PAIRS = 2;
  private static final int NORMALIZER = 3;
  private static final int SPACE_FIRST = 3;
  private static final int MOST_PIECES = 1 << 20;
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  /**
   * A token.
   *
   * @param type as in {@code sentencepiece_model.proto}: 1 normal, 2 unknown, 3 control, 4 user
   *     defined, 5 unused, 6 byte
   */
  record Piece(String text, float score, int type) {}

  private final String file;
  private final List<Piece> pieces = new ArrayList<>();
  private long kind = 1;
  private boolean putsSpaceFirst = true;

  private SentencePieceModel(String file) {
    this.file = file;
  }

  /**
   * @throws EngineException if it is none, or one whose pieces do not merge by score
   */
  static SentencePieceModel read(byte[] bytes, String file) {
    var model = new SentencePieceModel(file);
    try {
      model.message(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    } catch (BufferUnderflowException | CharacterCodingException e) {
      throw new EngineException.InvalidFile(file + " is no tokenizer of SentencePiece's", e);
    }
    if (model.pieces.isEmpty()) {
      throw new EngineException.InvalidFile(file + " is no tokenizer of SentencePiece's");
    }
    if (model.kind != PAIRS) {
      throw new EngineException.Unsupported(
          file + ": a tokenizer of SentencePiece's that is not of its kind BPE");
    }
    return model;
  }

  List<Piece> pieces() {
    return pieces;
  }

  /** Whether texts get a space before their first word. */
  boolean putsSpaceFirst() {
    return putsSpaceFirst;
  }

  private void message(ByteBuffer in) throws CharacterCodingException {
    while (in.hasRemaining()) {
      long tag = varint(in);
      if (tag == (PIECES << 3 | BYTES)) {
        if (pieces.size() == MOST_PIECES) {
          throw new EngineException.InvalidFile(file + " has too many pieces");
        }
        pieces.add(piece(bytes(in)));
      } else if (tag == (TRAINER << 3 | BYTES)) {
        trainer(bytes(in));
      } else if (tag == (NORMALIZER << 3 | BYTES)) {
        normalizer(bytes(in));
      } else {
        skip(in, tag);
      }
    }
  }

  private Piece piece(ByteBuffer in) throws CharacterCodingException {
    String text = "";
    float score = 0;
    long type = 1;
    while (in.hasRemaining()) {
      long tag = varint(in);
      if (tag == (1 << 3 | BYTES)) {
        text = StandardCharsets.UTF_8.newDecoder().decode(bytes(in)).toString();
      } else if (tag == (2 << 3 | FIXED32)) {
        score = in.getFloat();
      } else if (tag == (3 << 3 | VARINT)) {
        type = varint(in);
      } else {
        skip(in, tag);
      }
    }
    return new Piece(text, score, (int) type);
  }

  private void trainer(ByteBuffer in) {
    while (in.hasRemaining()) {
      long tag = varint(in);
      if (tag == (TRAINER_TYPE << 3 | VARINT)) {
        kind = varint(in);
      } else {
        skip(in, tag);
      }
    }
  }

  private void normalizer(ByteBuffer in) {
    while (in.hasRemaining()) {
      long tag = varint(in);
      if (tag == (SPACE_FIRST << 3 | VARINT)) {
        putsSpaceFirst = varint(in) != 0;
      } else {
        skip(in, tag);
      }
    }
  }

  private void skip(ByteBuffer in, long tag) {
    switch ((int) (tag & 7)) {
      case VARINT -> varint(in);
      case FIXED64 -> in.getLong();
      case BYTES -> bytes(in);
      case FIXED32 -> in.getInt();
      default ->
          throw new EngineException.InvalidFile(file + " is no tokenizer of SentencePiece's");
    }
  }

  private static ByteBuffer bytes(ByteBuffer in) {
    long length = varint(in);
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    var part = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + (int) length);
    return part;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte octet = in.get();
      value |= (long) (octet & 127) << shift;
      if (octet >= 0) {
        return value;
      }
    }
    throw new BufferUnderflowException();
  }
}
