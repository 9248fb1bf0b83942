package io.witan.engine.serving;

import static io.witan.engine.serving.ServedModel.joined;
import static io.witan.engine.serving.ServedModel.request;
import static io.witan.engine.serving.ServedModel.resultOf;
import static io.witan.engine.serving.ServedModel.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is computed once is reused by whom it concerns, and by nobody else. */
class PrefixReuseTests {
  private static final int MOST = 6;
  private static final int PUBLIC = 150;

  /** Of these 150 tokens two pages are whole. */
  private static final int PUBLIC_PAGES = 128;

  @TempDir private static Path folder = Path.of(".");
  private static Path file = Path.of(".");

  private ServedModel served;
  private GenerationServer server;
  private final int[] instructions = tokens(PUBLIC, 1);
  private final int[] prompt = joined(instructions, tokens(200, 2));
  private List<Integer> expected = List.of();

  @BeforeAll
  static void write() {
    file = ServedModel.write(folder);
  }

  @BeforeEach
  void serve() {
    served = ServedModel.load(file, 32);
    expected = served.alone(prompt, MOST);
    server = served.serve(ServedModel.options());
  }

  @AfterEach
  void close() {
    server.close();
    served.close();
  }

  private int reusedBy(String person) {
    return reusedBy(prompt, new PrefixScope("assistant", PUBLIC, person), expected);
  }

  private int reusedBy(int[] tokens, PrefixScope scope, List<Integer> expectedIds) {
    var heard = new Recording();
    var usage = resultOf(server.submit(request(tokens, MOST, "owner", scope), heard)).usage();
    assertThat(heard.ids()).isEqualTo(expectedIds);
    return usage.reused();
  }

  @Test
  void thePersonWhoAskedReusesEveryWholePage() {
    assertThat(reusedBy("ann")).isZero();
    assertThat(reusedBy("ann")).isEqualTo(320);
    assertThat(server.statistics().counts().reusedTokens()).isEqualTo(320);
    assertThat(server.statistics().counts().promptTokens()).isEqualTo(350 + 30);
  }

  @Test
  void anotherPersonReusesOnlyWhatIsPublic() {
    reusedBy("ann");

    assertThat(reusedBy("bob")).isEqualTo(PUBLIC_PAGES);
    // the page in which passages begin is private even so far as it is the same
    int[] other = joined(instructions, tokens(200, 3));
    assertThat(
            reusedBy(other, new PrefixScope("assistant", PUBLIC, "cat"), served.alone(other, MOST)))
        .isEqualTo(PUBLIC_PAGES);
  }

  @Test
  void scopesOfTheSameNameButOtherKindsShareNothing() {
    reusedBy("ann");

    assertThat(reusedBy(prompt, PrefixScope.ofPrivate("assistant"), expected)).isZero();
    assertThat(reusedBy(prompt, new PrefixScope("ann", 350, null), expected)).isZero();
    assertThat(reusedBy(prompt, PrefixScope.none(), expected)).isZero();
  }

  @Test
  void forgettingAPersonLeavesOnlyWhatIsPublic() {
    reusedBy("ann");

    server.forget("ann");

    assertThat(server.statistics().pages().kept()).isEqualTo(2);
    assertThat(reusedBy("ann")).isEqualTo(PUBLIC_PAGES);
  }

  @Test
  void forgettingInstructionsDropsWhatFollowsThem() {
    reusedBy("ann");

    server.forget("assistant");

    assertThat(server.statistics().pages()).isEqualTo(new ServingStatistics.Pages(0, 0, 32));
    assertThat(reusedBy("ann")).isZero();
  }

  @Test
  void whatIsBeingReadWhenItIsForgottenIsNotKept() {
    server.close();
    server = served.serve(ServedModel.options().withPromptRows(8, ServedModel.LONG));
    var heard = new Recording();
    var handle =
        server.submit(
            request(prompt, MOST, "owner", new PrefixScope("assistant", PUBLIC, "ann")), heard);
    Recording.until(() -> heard.reads.stream().anyMatch(read -> read >= 200));

    server.forget("ann");

    assertThat(resultOf(handle).reason()).isEqualTo(EndReason.LENGTH);
    assertThat(heard.ids()).isEqualTo(expected);
    assertThat(server.statistics().pages().kept()).isEqualTo(2);
  }

  @Test
  void whatWaitsWhenItIsForgottenIsNotKept() {
    server.close();
    server = served.serve(ServedModel.options().withRunning(1, 1));
    var first = server.submit(request(tokens(8, 1), 500, "busy"), new Recording());
    var scope = new PrefixScope("assistant", PUBLIC, "ann");
    var waiting = server.submit(request(prompt, MOST, "owner", scope), new Recording());

    server.forget("ann");
    first.cancel();
    resultOf(waiting);

    assertThat(server.statistics().pages().kept()).isEqualTo(2);
  }

  @Test
  void theLastTokenIsComputedEvenIfAllAreKept() {
    int[] whole = tokens(128, 7);
    var alone = served.alone(whole, MOST);
    var scope = PrefixScope.ofPrivate("ann");
    reusedBy(whole, scope, alone);

    assertThat(reusedBy(whole, scope, alone)).isEqualTo(64);
    // but whoever goes on after them has both pages
    int[] longer = joined(whole, tokens(3, 8));
    assertThat(reusedBy(longer, scope, served.alone(longer, MOST))).isEqualTo(128);
  }

  @Test
  void requestsThatComeTogetherComputeWhatTheyShareOnce() {
    server.close();
    server = served.serve(ServedModel.options().withPromptRows(24, ServedModel.LONG));
    var handles = new ArrayList<GenerationHandle>();
    var heard = new ArrayList<Recording>();
    var alone = new ArrayList<List<Integer>>();
    for (int i = 0; i < 4; i++) {
      int[] own = joined(instructions, tokens(40, 20 + i));
      alone.add(served.alone(own, MOST));
      heard.add(new Recording());
      var scope = new PrefixScope("assistant", PUBLIC, "person" + i);
      handles.add(server.submit(request(own, MOST, "owner" + i, scope), heard.get(i)));
    }

    handles.forEach(ServedModel::resultOf);

    assertThat(heard.stream().map(Recording::ids).toList()).isEqualTo(alone);
    assertThat(server.statistics().counts().promptTokens())
        .isEqualTo(PUBLIC_PAGES + 4 * (190 - PUBLIC_PAGES));
  }

  @Test
  void whatWasNotUsedForLongestMakesRoom() {
    server.close();
    var others = new ArrayList<int[]>();
    var alone = new ArrayList<List<Integer>>();
    for (int i = 0; i < 6; i++) {
      others.add(tokens(330, 50 + i));
      alone.add(served.alone(others.get(i), MOST));
    }
    server = served.serve(ServedModel.options());
    // ann's 5 pages, then 5 of each other, are kept: of 32 all but the last 6 requests'
    reusedBy("ann");
    for (int i = 0; i < 6; i++) {
      reusedBy(others.get(i), PrefixScope.ofPrivate("p" + i), alone.get(i));
      if (i == 2) {
        assertThat(reusedBy("ann")).isEqualTo(320);
      }
    }

    assertThat(reusedBy("ann")).isEqualTo(320);
    assertThat(reusedBy(others.get(0), PrefixScope.ofPrivate("p0"), alone.get(0))).isLessThan(320);
  }
}
