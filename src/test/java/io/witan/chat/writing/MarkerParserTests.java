package io.witan.chat.writing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerParserTests {

  /** Writes text as it is and markers as «space|numbers». */
  private static final class Written implements MarkerParser.Sink {
    private final StringBuilder out = new StringBuilder();

    @Override
    public void text(String text) {
      out.append(text);
    }

    @Override
    public void marker(String space, List<Integer> numbers) {
      out.append('«').append(space).append('|').append(numbers).append('»');
    }
  }

  @Test
  void findsMarkersOfEveryForm() {
    assertThat(parsed("Leave is 16 weeks [1]. It is paid[2, 3]."))
        .isEqualTo("Leave is 16 weeks« |[1]». It is paid«|[2, 3]».");
    assertThat(parsed("假期为十六周【2】。带薪[1、3]。")).isEqualTo("假期为十六周«|[2]»。带薪«|[1, 3]»。");
    assertThat(parsed("All of them [2-4], and [^5]."))
        .isEqualTo("All of them« |[2, 3, 4]», and« |[5]».");
    assertThat(parsed("Both [1][2]")).isEqualTo("Both« |[1]»«|[2]»");
  }

  @Test
  void leavesOtherBracketsAlone() {
    for (var text :
        List.of(
            "a[i] = b[]",
            "see [the form](x)",
            "[2024]",
            "[ ]",
            "[,]",
            "end [",
            "end [1",
            "[[x]]")) {
      assertThat(parsed(text)).isEqualTo(text);
    }
    assertThat(parsed("[[1]]")).isEqualTo("[«|[1]»]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Leave is 16 weeks [1]. It  is\tpaid [2, 3] .",
        "a [b [1] c [ 2 ; 4 ] [x] [1234] [",
        "假期【12】很长 【1、2】\n\n- [3-5]\n- [1][1] [",
        "[[1]] [] [1 [2]] ] 【1]"
      })
  void sameHoweverTheTextIsCut(String text) {
    var whole = parsed(text);
    for (int first = 0; first <= text.length(); first++) {
      for (int second = first; second <= text.length(); second++) {
        assertThat(
                parsed(
                    text.substring(0, first),
                    text.substring(first, second),
                    text.substring(second)))
            .as("cut at %d and %d", first, second)
            .isEqualTo(whole);
      }
    }
    assertThat(parsed(text.split(""))).isEqualTo(whole);
  }

  private static String parsed(String... pieces) {
    var written = new Written();
    var parser = new MarkerParser(written);
    for (var piece : pieces) {
      parser.accept(piece);
    }
    parser.finish();
    return written.out.toString();
  }
}
