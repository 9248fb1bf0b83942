package io.witan.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StopStringsTests {
  @Test
  void holdsBackWhatMayBecomeAStop() {
    var stops = new StopStrings(List.of("###", "\nUser:"));
    assertThat(stops.accept("Hello #")).isEqualTo("Hello ");
    assertThat(stops.accept("#")).isEmpty();
    assertThat(stops.accept("1\n")).isEqualTo("##1");
    assertThat(stops.accept("Use")).isEmpty();
    assertThat(stops.stopped()).isFalse();
    assertThat(stops.accept("r: x")).isEmpty();
    assertThat(stops.stopped()).isTrue();
    assertThat(stops.accept("more")).isEmpty();
    assertThat(stops.finish()).isEmpty();
  }

  @Test
  void givesBackWhatBecameNoStop() {
    var stops = new StopStrings(List.of("END"));
    assertThat(stops.accept("the EN")).isEqualTo("the ");
    assertThat(stops.finish()).isEqualTo("EN");
    assertThat(new StopStrings(List.of()).accept("a")).isEqualTo("a");
  }

  @Test
  void theResultDoesNotHangOnHowTheTextIsCut() {
    var random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      String text = word(random, 12);
      var stops = new ArrayList<String>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        stops.add("" + (char) ('a' + random.nextInt(2)) + word(random, 3));
      }
      var streaming = new StopStrings(stops);
      var out = new StringBuilder();
      for (int from = 0; from < text.length(); ) {
        int to = Math.min(text.length(), from + 1 + random.nextInt(4));
        out.append(streaming.accept(text.substring(from, to)));
        from = to;
      }
      out.append(streaming.finish());
      assertThat(out).as("%s of %s", stops, text).hasToString(expected(text, stops));
    }
  }

  /** Character by character: the first stop to be complete counts. */
  private static String expected(String text, List<String> stops) {
    for (int end = 1; end <= text.length(); end++) {
      String soFar = text.substring(0, end);
      var found = stops.stream().filter(soFar::endsWith).mapToInt(String::length).max();
      if (found.isPresent()) {
        return soFar.substring(0, end - found.getAsInt());
      }
    }
    return text;
  }

  private static String word(Random random, int most) {
    var word = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      word.append((char) ('a' + random.nextInt(2)));
    }
    return word.toString();
  }
}
