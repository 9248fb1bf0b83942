package io.witan.documents.indexing;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.TextVersionId;
import io.witan.documents.chunking.Chunk;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where the passages of a text begin and end; every method joins the caller's transaction. */
@Component
class Chunks {
  private static final int BATCH = 500;

  private final JdbcTemplate batches;
  private final JdbcClient jdbc;

  Chunks(JdbcTemplate batches, JdbcClient jdbc) {
    this.batches = batches;
    this.jdbc = jdbc;
  }

  void replace(TextVersionId text, CollectionId collection, List<Chunk> chunks) {
    jdbc.sql("delete from documents.chunk where text_version_id = ?").param(text.value()).update();
    batches.batchUpdate(
        """
        insert into documents.chunk
          (text_version_id, ordinal, start_at, end_at, collection_id, heading_path, language, page)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        chunks,
        BATCH,
        (row, chunk) -> {
          row.setObject(1, text.value());
          row.setInt(2, chunk.ordinal());
          row.setInt(3, chunk.start());
          row.setInt(4, chunk.end());
          row.setObject(5, collection.value());
          row.setString(6, TextVersions.storable(chunk.headingPath()));
          row.setString(7, chunk.language());
          row.setObject(8, chunk.page(), java.sql.Types.INTEGER);
        });
  }

  List<Chunk> of(TextVersionId text) {
    return jdbc.sql(
            """
            select ordinal, start_at, end_at, heading_path, language, page
              from documents.chunk where text_version_id = ? order by ordinal
            """)
        .param(text.value())
        .query(
            (row, index) ->
                new Chunk(
                    row.getInt("ordinal"),
                    row.getInt("start_at"),
                    row.getInt("end_at"),
                    row.getString("heading_path"),
                    row.getString("language"),
                    row.getObject("page", Integer.class)))
        .list();
  }
}
