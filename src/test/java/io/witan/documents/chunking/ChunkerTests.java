package io.witan.documents.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.documents.extraction.Block;
import io.witan.documents.extraction.DocumentFormat;
import io.witan.documents.extraction.ExtractedDocument;
import io.witan.documents.extraction.PageLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChunkerTests {

  private static final String ZH_SENTENCE = "员工出差以前应当填写申请表，经过经理批准。";

  private final Chunker chunker = new Chunker();

  @Test
  void joinsSmallParagraphsOfASection() {
    var document = document().heading(1, "Leave").words(30).words(40).words(20).build();

    assertThat(texts(document)).containsExactly(document.text());
  }

  @Test
  void keepsSectionsApart() {
    var document =
        document()
            .heading(1, "A")
            .words(60)
            .heading(2, "B")
            .words(60)
            .heading(2, "C")
            .words(60)
            .build();

    var chunks = chunker.chunk(document);

    assertThat(texts(document)).hasSize(3).element(1).asString().startsWith("B\n\n");
    assertThat(chunks).extracting(Chunk::headingPath).containsExactly("A", "A › B", "A › C");
  }

  @Test
  void neverLeavesAHeadingAtTheEndOfAPassage() {
    var document =
        document().heading(1, "A").words(100).heading(3, "Detail").words(170).words(10).build();

    assertThat(texts(document)).hasSize(2).last().asString().startsWith("Detail");
  }

  @Test
  void keepsAListWithTheWordsBeforeIt() {
    var document =
        document()
            .words(150)
            .block(Block.Kind.PARAGRAPH, 0, "You need these papers:")
            .item("passport " + words(40))
            .item("ticket " + words(40))
            .build();

    assertThat(texts(document)).hasSize(2).last().asString().startsWith("You need these papers:");
  }

  @Test
  void splitsALongTableBetweenItsRows() {
    var rows =
        IntStream.range(0, 200)
            .mapToObj(i -> i + " | " + words(8))
            .collect(Collectors.joining("\n"));
    var document = document().heading(1, "Prices").block(Block.Kind.TABLE, 0, rows).build();

    var chunks = chunker.chunk(document);

    assertThat(chunks).hasSizeGreaterThan(5).allMatch(c -> c.headingPath().equals("Prices"));
    assertThat(texts(document).stream().skip(1)).allMatch(text -> text.matches("(?s)\\d+ \\| .*"));
    ChunkInvariants.check(document, chunks);
  }

  @Test
  void splitsALongParagraphBetweenSentencesWithAnOverlapOfOne() {
    var paragraph =
        IntStream.range(0, 60)
            .mapToObj(i -> "Sentence number " + i + " is about the travel policy.")
            .collect(Collectors.joining(" "));
    var document = document().block(Block.Kind.PARAGRAPH, 0, paragraph).build();

    var texts = texts(document);

    assertThat(texts)
        .hasSizeGreaterThan(1)
        .allMatch(t -> t.startsWith("Sentence") && t.endsWith("."));
    for (int i = 1; i < texts.size(); i++) {
      var first = texts.get(i).substring(0, texts.get(i).indexOf('.') + 1);
      assertThat(texts.get(i - 1)).endsWith(first);
    }
  }

  @Test
  void splitsChineseAtItsOwnSentenceEnds() {
    var document = document().block(Block.Kind.PARAGRAPH, 0, ZH_SENTENCE.repeat(80)).build();

    var chunks = chunker.chunk(document);

    assertThat(chunks).hasSizeBetween(4, 7).allMatch(c -> c.language().equals("zh"));
    assertThat(texts(document)).allMatch(t -> t.endsWith("。") && t.length() <= 600);
  }

  @Test
  void tellsTheLanguageOfEachPassage() {
    var document =
        document()
            .heading(1, "EN")
            .words(60)
            .heading(1, "ZH")
            .block(Block.Kind.PARAGRAPH, 0, "使用 PostgreSQL 資料庫的員工應當填寫申請表。".repeat(4))
            .build();

    assertThat(chunker.chunk(document)).extracting(Chunk::language).containsExactly("en", "zh");
  }

  @Test
  void tellsThePageAPassageStartsOn() {
    var document = document().words(150).page().words(150).page().page().words(150).page().build();

    assertThat(chunker.chunk(document)).extracting(Chunk::page).containsExactly(1, 2, 4);
  }

  @Test
  void makesNoPassageOfNothing() {
    assertThat(chunker.chunk(document().build())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void coversEveryDocumentWithoutCuttingACharacter(int seed) {
    var random = new Random(seed);
    var document = document();
    for (int i = random.nextInt(40); i >= 0; i--) {
      document.random(random);
    }
    var built = document.build();

    ChunkInvariants.check(built, chunker.chunk(built));
  }

  static IntStream seeds() {
    return IntStream.range(0, 150);
  }

  private List<String> texts(ExtractedDocument document) {
    return chunker.chunk(document).stream()
        .map(c -> document.text().substring(c.start(), c.end()))
        .toList();
  }

  private static Builder document() {
    return new Builder();
  }

  private static String words(int count) {
    return IntStream.range(0, count).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
  }

  private static final class Builder {
    private final StringBuilder text = new StringBuilder();
    private final List<Block> blocks = new ArrayList<>();
    private final List<PageLayout> pages = new ArrayList<>();
    private int pageStart;

    Builder block(Block.Kind kind, int level, String content) {
      if (!text.isEmpty()) {
        text.append("\n\n");
      }
      int start = text.length();
      text.append(content);
      blocks.add(new Block(kind, level, start, text.length()));
      return this;
    }

    Builder heading(int level, String content) {
      return block(Block.Kind.HEADING, level, content);
    }

    Builder item(String content) {
      return block(Block.Kind.LIST_ITEM, 1, content);
    }

    Builder words(int count) {
      return block(Block.Kind.PARAGRAPH, 0, ChunkerTests.words(count) + ".");
    }

    /** Ends a page here. */
    Builder page() {
      pages.add(new PageLayout(pages.size() + 1, 1, 1, pageStart, text.length(), List.of()));
      pageStart = text.length();
      return this;
    }

    void random(Random random) {
      int size = 1 + (int) Math.exp(random.nextDouble() * 7);
      switch (random.nextInt(7)) {
        case 0 -> heading(1 + random.nextInt(6), ChunkerTests.words(1 + random.nextInt(8)));
        case 1 -> item(ChunkerTests.words(size));
        case 2 -> block(Block.Kind.PARAGRAPH, 0, ZH_SENTENCE.repeat(size / 10 + 1));
        case 3 -> block(Block.Kind.PARAGRAPH, 0, "😀".repeat(size));
        case 4 -> block(Block.Kind.CODE, 0, ("x = 1;\n".repeat(size) + "}"));
        case 5 -> block(Block.Kind.TABLE, 0, ("a | b 😀 c\n".repeat(size) + "z | z"));
        default -> words(size);
      }
    }

    ExtractedDocument build() {
      return new ExtractedDocument(
          null,
          "text/plain",
          DocumentFormat.TEXT,
          "test",
          text.toString(),
          blocks,
          pages,
          List.of());
    }
  }
}
