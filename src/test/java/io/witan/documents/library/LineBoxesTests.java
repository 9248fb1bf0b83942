package io.witan.documents.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.documents.extraction.LineBox;
import io.witan.documents.extraction.PageLayout;
import io.witan.documents.library.LineBoxes.Box;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineBoxesTests {
  private static final PageLayout PAGE =
      new PageLayout(
          3,
          600,
          800,
          100,
          130,
          List.of(new LineBox(100, 110, 50, 70, 100, 12), new LineBox(111, 131, 50, 90, 400, 12)));

  @Test
  void givesWholeLines() {
    assertThat(LineBoxes.boxes(PAGE, 0, 1000).boxes())
        .containsExactly(new Box(50, 70, 100, 12), new Box(50, 90, 400, 12));
  }

  @Test
  void givesTheMeantPartOfALineByItsCharacters() {
    assertThat(LineBoxes.boxes(PAGE, 105, 116).boxes())
        .containsExactly(new Box(100, 70, 50, 12), new Box(50, 90, 100, 12));
  }

  @Test
  void givesNothingBetweenLines() {
    assertThat(LineBoxes.boxes(PAGE, 110, 111).boxes()).isEmpty();
  }
}
