package io.witan.documents.library;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.TextVersionId;
import io.witan.documents.extraction.LineBox;
import io.witan.documents.extraction.PageLayout;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where texts stand on their pages; every method joins the caller's transaction. */
@Component
public class LineBoxes {
  private static final int LINE_BYTES = 24;
  private static final String SELECT =
      """
      select page, width, height, start_at, end_at, lines
        from documents.page_layout
       where text_version_id = ?
      """;

  private final JdbcClient jdbc;

  LineBoxes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A rectangle in points from the top left corner of its page. */
  record Box(double x, double y, double width, double height) {}

  /**
   * The boxes of one page.
   *
   * @param page from 1
   * @param width of the page, in points
   * @param height of the page, in points
   */
  record PageBoxes(int page, double width, double height, List<Box> boxes) {}

  public void write(TextVersionId id, CollectionId collection, List<PageLayout> pages) {
    for (var page : pages) {
      var lines = ByteBuffer.allocate(page.lines().size() * LINE_BYTES);
      for (var line : page.lines()) {
        lines.putInt(line.start()).putInt(line.end());
        lines.putFloat(line.x()).putFloat(line.y());
        lines.putFloat(line.width()).putFloat(line.height());
      }
      jdbc.sql(
              """
              insert into documents.page_layout
                (text_version_id, page, start_at, end_at, width, height, collection_id, lines)
              values (?, ?, ?, ?, ?, ?, ?, ?)
              """)
          .params(
              id.value(),
              page.number(),
              page.start(),
              page.end(),
              page.width(),
              page.height(),
              collection.value(),
              lines.array())
          .update();
    }
  }

  public List<PageLayout> pages(TextVersionId id) {
    return jdbc.sql(SELECT + " order by page")
        .param(id.value())
        .query((row, index) -> layout(row))
        .list();
  }

  /** The boxes of [from, to); lines that are only partly meant give a proportional part. */
  List<PageBoxes> boxes(TextVersionId id, int from, int to) {
    return jdbc
        .sql(SELECT + " and end_at > ? and start_at < ? order by page")
        .params(id.value(), from, to)
        .query((row, index) -> layout(row))
        .list()
        .stream()
        .map(page -> boxes(page, from, to))
        .filter(page -> !page.boxes().isEmpty())
        .toList();
  }

  static PageBoxes boxes(PageLayout page, int from, int to) {
    var boxes = new ArrayList<Box>();
    for (var line : page.lines()) {
      int start = Math.max(from, line.start());
      int end = Math.min(to, line.end());
      if (start < end) {
        double unit = line.width() / (line.end() - line.start());
        boxes.add(
            new Box(
                line.x() + unit * (start - line.start()),
                line.y(),
                unit * (end - start),
                line.height()));
      }
    }
    return new PageBoxes(page.number(), page.width(), page.height(), List.copyOf(boxes));
  }

  private static PageLayout layout(ResultSet row) throws SQLException {
    var bytes = ByteBuffer.wrap(row.getBytes("lines"));
    var lines = new ArrayList<LineBox>(bytes.remaining() / LINE_BYTES);
    while (bytes.hasRemaining()) {
      lines.add(
          new LineBox(
              bytes.getInt(),
              bytes.getInt(),
              bytes.getFloat(),
              bytes.getFloat(),
              bytes.getFloat(),
              bytes.getFloat()));
    }
    return new PageLayout(
        row.getInt("page"),
        row.getFloat("width"),
        row.getFloat("height"),
        row.getInt("start_at"),
        row.getInt("end_at"),
        lines);
  }
}
