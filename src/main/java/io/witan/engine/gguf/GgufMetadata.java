package io.witan.engine.gguf;

import io.witan.engine.EngineException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file says about itself, by key. Each kind has a getter for a key that must be there and
 * one for a key that may be; a value of another kind or out of range is an {@link EngineException}
 * that names the key. Arrays are read from the file at each call.
 */
public final class GgufMetadata {
  private final Map<String, GgufValue> values;
  private final String file;

  GgufMetadata(Map<String, GgufValue> values, String file) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    this.file = file;
  }

  /** The keys in the order of the file. */
  public Set<String> keys() {
    return values.keySet();
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  public String string(String key) {
    return required(key, findString(key));
  }

  public Optional<String> findString(String key) {
    return switch (values.get(key)) {
      case null -> Optional.empty();
      case GgufValue.Text text -> Optional.of(text.value());
      case GgufValue other -> throw wrongKind(key, other, "a string");
    };
  }

  public long longValue(String key) {
    return required(key, Optional.ofNullable(whole(key)));
  }

  public OptionalLong findLong(String key) {
    var found = whole(key);
    return found == null ? OptionalLong.empty() : OptionalLong.of(found);
  }

  public int intValue(String key) {
    return toInt(key, longValue(key));
  }

  public OptionalInt findInt(String key) {
    var found = whole(key);
    return found == null ? OptionalInt.empty() : OptionalInt.of(toInt(key, found));
  }

  public float floatValue(String key) {
    return required(key, Optional.ofNullable(real(key))).floatValue();
  }

  public OptionalDouble findFloat(String key) {
    var found = real(key);
    return found == null ? OptionalDouble.empty() : OptionalDouble.of(found);
  }

  public boolean booleanValue(String key) {
    return required(key, findBoolean(key));
  }

  public Optional<Boolean> findBoolean(String key) {
    return switch (values.get(key)) {
      case null -> Optional.empty();
      case GgufValue.Flag flag -> Optional.of(flag.value());
      case GgufValue other -> throw wrongKind(key, other, "true or false");
    };
  }

  public boolean isArray(String key) {
    return values.get(key) instanceof GgufValue.Items;
  }

  /** Elements of the array, without reading it. */
  public long arrayLength(String key) {
    return required(key, Optional.ofNullable(array(key))).count();
  }

  public List<String> strings(String key) {
    return required(key, findStrings(key));
  }

  public Optional<List<String>> findStrings(String key) {
    return Optional.ofNullable(array(key)).map(GgufArray::texts);
  }

  public int[] ints(String key) {
    return required(key, findInts(key));
  }

  public Optional<int[]> findInts(String key) {
    return Optional.ofNullable(array(key)).map(GgufArray::ints);
  }

  public float[] floats(String key) {
    return required(key, findFloats(key));
  }

  public Optional<float[]> findFloats(String key) {
    return Optional.ofNullable(array(key)).map(GgufArray::floats);
  }

  /** What is there, or null. */
  @Nullable GgufValue value(String key) {
    return values.get(key);
  }

  /** The value as a person may read it; of an array, its type and length. */
  public String describe(String key) {
    return switch (values.get(key)) {
      case null -> "";
      case GgufValue.Whole whole -> Long.toString(whole.value());
      case GgufValue.Real real -> Float.toString((float) real.value());
      case GgufValue.Flag flag -> Boolean.toString(flag.value());
      case GgufValue.Text text -> text.value();
      case GgufValue.Items items -> items.array().type() + "[" + items.array().count() + "]";
    };
  }

  private @Nullable Long whole(String key) {
    return switch (values.get(key)) {
      case null -> null;
      case GgufValue.Whole whole -> whole.value();
      case GgufValue other -> throw wrongKind(key, other, "a whole number");
    };
  }

  private @Nullable Double real(String key) {
    return switch (values.get(key)) {
      case null -> null;
      case GgufValue.Real real -> real.value();
      case GgufValue other -> throw wrongKind(key, other, "a real number");
    };
  }

  private @Nullable GgufArray array(String key) {
    return switch (values.get(key)) {
      case null -> null;
      case GgufValue.Items items -> items.array();
      case GgufValue other -> throw wrongKind(key, other, "an array");
    };
  }

  private <T> T required(String key, Optional<T> value) {
    return value.orElseThrow(
        () -> new EngineException.InvalidFile(file + " lacks the metadata key " + key));
  }

  private int toInt(String key, long value) {
    if ((int) value != value) {
      throw new EngineException.InvalidFile(file + ": " + key + " is out of range: " + value);
    }
    return (int) value;
  }

  private EngineException wrongKind(String key, GgufValue value, String wanted) {
    return new EngineException.InvalidFile(
        "%s: %s is %s, not %s".formatted(file, key, value.kind(), wanted));
  }
}
