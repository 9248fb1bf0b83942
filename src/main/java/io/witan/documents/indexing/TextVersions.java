package io.witan.documents.indexing;

import io.witan.catalogue.TextVersionId;
import io.witan.documents.extraction.Block;
import io.witan.documents.extraction.DocumentFormat;
import io.witan.documents.extraction.ExtractedDocument;
import io.witan.documents.extraction.ExtractionWarning;
import io.witan.documents.extraction.PageLayout;
import io.witan.documents.library.LineBoxes;
import io.witan.documents.library.TextWindows;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Extracted texts, written once; every method joins the caller's transaction. */
@Component
class TextVersions {
  private static final TypeReference<List<List<String>>> ROWS = new TypeReference<>() {};
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;
  private final TextWindows windows;
  private final LineBoxes boxes;
  private final Clock clock;

  TextVersions(JdbcClient jdbc, TextWindows windows, LineBoxes boxes, Clock clock) {
    this.jdbc = jdbc;
    this.windows = windows;
    this.boxes = boxes;
    this.clock = clock;
  }

  /** The revision's text version with this content, made if it is not there. */
  TextVersionId save(IndexedRevision revision, ExtractedDocument document) {
    var text = storable(document.text());
    var hash = sha256(text);
    var existing =
        jdbc.sql(
                "select id from documents.text_version"
                    + " where revision_id = ? and extractor = ? and sha256 = ?")
            .params(revision.id(), document.extractor(), hash)
            .query(UUID.class)
            .optional();
    return existing.map(TextVersionId::new).orElseGet(() -> add(revision, document, text, hash));
  }

  private TextVersionId add(
      IndexedRevision revision, ExtractedDocument document, String text, byte[] hash) {
    var id = new TextVersionId(UUID.randomUUID());
    jdbc.sql(
            """
            insert into documents.text_version (id, revision_id, collection_id, extractor, sha256, length,
              media_type, format, page_count, title, blocks, warnings, created_at)
            values (:id, :revision, :collection, :extractor, :hash, :length,
              :type, :format, :pages, :title, cast(:blocks as jsonb), cast(:warnings as jsonb), :now)
            """)
        .param("id", id.value())
        .param("revision", revision.id())
        .param("collection", revision.collectionId().value())
        .param("extractor", document.extractor())
        .param("hash", hash)
        .param("length", text.length())
        .param("type", document.mediaType())
        .param("format", document.format().name())
        .param("pages", document.pages().isEmpty() ? null : document.pages().size())
        .param("title", document.title() == null ? null : storable(document.title()))
        .param(
            "blocks", JSON.writeValueAsString(document.blocks().stream().map(this::row).toList()))
        .param(
            "warnings",
            JSON.writeValueAsString(
                document.warnings().stream().map(w -> List.of(w.code(), w.detail())).toList()))
        .param("now", Timestamp.from(clock.instant()))
        .update();
    windows.write(id, revision.collectionId(), text);
    boxes.write(id, revision.collectionId(), document.pages());
    return id;
  }

  private List<String> row(Block block) {
    return List.of(
        block.kind().name(),
        Integer.toString(block.level()),
        Integer.toString(block.start()),
        Integer.toString(block.end()));
  }

  /** The document as it was extracted. */
  ExtractedDocument load(TextVersionId id) {
    var text = windows.read(id, 0, Integer.MAX_VALUE);
    List<PageLayout> pages = boxes.pages(id);
    return jdbc.sql(
            "select title, media_type, format, extractor, blocks, warnings"
                + " from documents.text_version where id = ?")
        .param(id.value())
        .query(
            (row, index) ->
                new ExtractedDocument(
                    row.getString("title"),
                    row.getString("media_type"),
                    DocumentFormat.valueOf(row.getString("format")),
                    row.getString("extractor"),
                    text,
                    JSON.readValue(row.getString("blocks"), ROWS).stream()
                        .map(TextVersions::block)
                        .toList(),
                    pages,
                    JSON.readValue(row.getString("warnings"), ROWS).stream()
                        .map(w -> new ExtractionWarning(w.get(0), w.get(1)))
                        .toList()))
        .single();
  }

  private static Block block(List<String> row) {
    return new Block(
        Block.Kind.valueOf(row.get(0)),
        Integer.parseInt(row.get(1)),
        Integer.parseInt(row.get(2)),
        Integer.parseInt(row.get(3)));
  }

  /** PostgreSQL keeps no NUL and UTF-8 no lone surrogate; replaced one for one, offsets stay. */
  static String storable(String text) {
    int bad = 0;
    while (bad < text.length() && !isBad(text, bad)) {
      bad++;
    }
    if (bad == text.length()) {
      return text;
    }
    var chars = text.toCharArray();
    for (int i = bad; i < chars.length; i++) {
      if (isBad(text, i)) {
        chars[i] = chars[i] == 0 ? ' ' : '\uFFFD';
      }
    }
    return new String(chars);
  }

  private static boolean isBad(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }
    return c == 0;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has it
    }
  }
}
