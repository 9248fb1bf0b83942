package io.witan.engine.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose turn it is. */
class FairQueueTests {
  private final FairQueue queue = new FairQueue();

  private ServedRequest add(String owner) {
    var request =
        new ServedRequest(ServedModel.request(new int[] {1}, 1, owner), new Recording(), 16, 1, 0);
    queue.add(request);
    return request;
  }

  private ServedRequest takeNext() {
    var next = Optional.ofNullable(queue.next(owner -> true)).orElseThrow();
    queue.take(next);
    return next;
  }

  @Test
  void anOwnerWithFiftyDelaysAnotherByOneAdmissionAtMost() {
    for (int i = 0; i < 50; i++) {
      add("busy");
    }
    takeNext();

    var single = add("single");

    assertThat(queue.inOrder().indexOf(single)).isEqualTo(1);
    takeNext();
    assertThat(takeNext()).isSameAs(single);
  }

  @Test
  void requestsAreTakenInTheOrderThatWasTold() {
    for (String owner : List.of("a", "a", "b", "a", "c", "b", "a", "c")) {
      add(owner);
    }
    var told = queue.inOrder();
    var taken = new ArrayList<ServedRequest>();

    while (queue.size() > 0) {
      taken.add(takeNext());
    }

    assertThat(taken).isEqualTo(told);
    assertThat(taken.stream().map(ServedRequest::owner).toList())
        .containsExactly("a", "b", "c", "a", "b", "c", "a", "a");
  }

  @Test
  void anOwnerThatMayNotRunIsPassedOver() {
    add("a");
    var other = add("b");

    assertThat(queue.next(owner -> !owner.equals("a"))).isSameAs(other);
    assertThat(queue.next(owner -> false)).isNull();
  }

  @Test
  void whoLeavesLosesNobodyElsesTurn() {
    var first = add("a");
    var second = add("b");

    assertThat(queue.remove(first)).isTrue();
    assertThat(queue.remove(first)).isFalse();

    assertThat(queue.sizeOf("a")).isZero();
    assertThat(queue.owners()).isEqualTo(1);
    assertThat(takeNext()).isSameAs(second);
  }
}
