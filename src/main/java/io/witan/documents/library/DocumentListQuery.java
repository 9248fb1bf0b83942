package io.witan.documents.library;

import io.witan.catalogue.CollectionId;
import io.witan.documents.Document;
import io.witan.documents.DocumentState;
import io.witan.documents.extraction.DocumentFormat;
import io.witan.shared.Cursor;
import io.witan.shared.InvalidInput;
import io.witan.shared.Page;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which documents, in which order, from where on.
 *
 * @param words found anywhere in the title or the file name
 * @param format as the worker found it
 * @param after sort key and id of the last row seen
 */
record DocumentListQuery(
    @Nullable CollectionId collection,
    @Nullable String words,
    @Nullable DocumentState state,
    @Nullable DocumentFormat format,
    Sort sort,
    boolean descending,
    @Nullable List<String> after,
    int limit) {

  /** What a list can be sorted by, with the SQL key and the same key of a row that was read. */
  enum Sort {
    name("lower(d.title)", "text", Document::title),
    updated(
        "(extract(epoch from d.updated_at) * 1000000)::bigint",
        "bigint",
        d -> d.updatedAt().getEpochSecond() * 1_000_000 + d.updatedAt().getNano() / 1000),
    size("r.bytes", "bigint", Document::bytes),
    type("r.format", "text", Document::format),
    state("r.state", "text", Document::state);

    private final String key;
    private final String sqlType;
    private final Function<Document, Object> value;

    Sort(String key, String sqlType, Function<Document, Object> value) {
      this.key = key;
      this.sqlType = sqlType;
      this.value = value;
    }

    String key() {
      return key;
    }

    /** SQL of a cursor's key; names are folded by the database, not by Java. */
    String given() {
      return this == name ? "lower(cast(? as text))" : "cast(? as %s)".formatted(sqlType);
    }
  }

  static DocumentListQuery of(
      @Nullable UUID collection,
      @Nullable String words,
      @Nullable DocumentState state,
      @Nullable DocumentFormat format,
      Sort sort,
      @Nullable String direction,
      @Nullable String cursor,
      @Nullable Integer limit) {
    if (direction != null && !direction.equals("asc") && !direction.equals("desc")) {
      throw new InvalidInput("direction", "must be asc or desc");
    }
    var after = Cursor.parse(cursor, 2);
    if (after != null) {
      check(after, sort);
    }
    return new DocumentListQuery(
        collection == null ? null : new CollectionId(collection),
        words == null || words.isBlank() ? null : words.strip(),
        state,
        format,
        sort,
        direction == null ? sort == Sort.updated : direction.equals("desc"),
        after,
        Page.limit(limit));
  }

  private static void check(List<String> after, Sort sort) {
    try {
      UUID.fromString(after.getLast());
      if (sort.sqlType.equals("bigint")) {
        Long.parseLong(after.getFirst());
      }
    } catch (IllegalArgumentException foreign) {
      throw new InvalidInput("cursor", "does not belong to this list; start without a cursor");
    }
  }

  String cursorAfter(Document last) {
    return Cursor.of(sort.value.apply(last), last.id());
  }

  String wordsPattern() {
    var literal = words == null ? "" : words.replaceAll("([\\\\%_])", "\\\\$1");
    return "%" + literal + "%";
  }
}
