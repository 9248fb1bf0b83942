package io.witan.engine.serving;

import io.witan.engine.GeneratedToken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Writes down what a listener hears. */
class Recording implements GenerationListener {
  final List<GeneratedToken> tokens = Collections.synchronizedList(new ArrayList<>());
  final List<Integer> places = Collections.synchronizedList(new ArrayList<>());
  final List<Integer> reads = Collections.synchronizedList(new ArrayList<>());
  final CountDownLatch ended = new CountDownLatch(1);
  volatile @Nullable GenerationResult result;

  @Override
  public void queued(int position) {
    places.add(position);
  }

  @Override
  public void read(int done, int ofTokens) {
    reads.add(done);
  }

  @Override
  public void token(GeneratedToken token) {
    tokens.add(token);
  }

  @Override
  public void ended(GenerationResult how) {
    result = how;
    ended.countDown();
  }

  List<Integer> ids() {
    synchronized (tokens) {
      return tokens.stream().map(GeneratedToken::id).filter(id -> id >= 0).toList();
    }
  }

  /** Waits for something that another thread will bring about. */
  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited for a minute in vain");
      }
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(200_000);
    }
  }
}
