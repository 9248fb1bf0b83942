package io.witan.engine.serving;

import static io.witan.engine.serving.ServedModel.request;
import static io.witan.engine.serving.ServedModel.resultOf;
import static io.witan.engine.serving.ServedModel.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.AdapterFiles;
import io.witan.engine.EngineException;
import io.witan.engine.EngineOptions;
import io.witan.engine.GeneratedToken;
import io.witan.engine.LanguageModel;
import io.witan.engine.ModelAdapter;
import io.witan.engine.SamplingOptions;
import io.witan.engine.SyntheticModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests of one batch have adapters of their own, and share nothing that these change. */
class AdapterServingTests {
  private static final int MOST = 8;
  private static final List<String> CHANGED =
      List.of("blk.0.attn_qkv", "blk.1.attn_output", "blk.0.ffn_up_exps", "output");

  @TempDir private static Path folder = Path.of(".");
  private static Path base = Path.of(".");
  private static Path first = Path.of(".");
  private static Path second = Path.of(".");

  private final int[] prompt = tokens(150, 4);
  private LanguageModel model;
  private GenerationServer server;

  @BeforeAll
  static void write() {
    base = folder.resolve("base.gguf");
    SyntheticModels.write(base, "dbrx", 2, 256, 4, 2, "f32", 3);
    first = AdapterFiles.write(base, folder.resolve("first.gguf"), CHANGED, 1);
    second = AdapterFiles.write(base, folder.resolve("second.gguf"), CHANGED, 2);
  }

  @BeforeEach
  void serve() {
    model = LanguageModel.load(base, options());
    server = new GenerationServer(model, ServedModel.options());
  }

  @AfterEach
  void close() {
    server.close();
    model.close();
  }

  @Test
  void everyRequestOfABatchIsWrittenByItsOwn() {
    var one = model.loadAdapter(first);
    var two = model.loadAdapter(second);
    var plain = alone(model, null);
    var withOne = alone(model, one);
    var withTwo = alone(model, two);
    assertThat(withOne).isNotEqualTo(plain);
    assertThat(withTwo).isNotEqualTo(plain).isNotEqualTo(withOne);
    assertThat(withOne).isEqualTo(merged());

    var heard = new ArrayList<Recording>();
    var handles = new ArrayList<GenerationHandle>();
    for (int i = 0; i < 9; i++) {
      heard.add(new Recording());
      var adapter = i % 3 == 0 ? null : i % 3 == 1 ? one : two;
      var wanted = request(prompt, MOST, "owner " + i).with(adapter);
      handles.add(server.submit(wanted, heard.get(i)));
    }
    handles.forEach(ServedModel::resultOf);

    for (int i = 0; i < 9; i++) {
      var expected = i % 3 == 0 ? plain : i % 3 == 1 ? withOne : withTwo;
      assertThat(heard.get(i).ids()).as("request %d", i).isEqualTo(expected);
    }
  }

  @Test
  void pagesAreReusedWithTheSameAdapterOnly() {
    var one = model.loadAdapter(first);
    var withOne = alone(model, one);
    var plain = alone(model, null);

    assertThat(reused(one, withOne)).isZero();
    assertThat(reused(null, plain)).isZero();
    assertThat(reused(one, withOne)).isEqualTo(128);
    assertThat(reused(null, plain)).isEqualTo(128);

    server.forget(one);
    one.close();
    var again = model.loadAdapter(first);
    assertThat(reused(again, withOne)).isZero();
    assertThat(reused(null, plain)).isEqualTo(128);
  }

  private int reused(@Nullable ModelAdapter adapter, List<Integer> expected) {
    var heard = new Recording();
    var scope = new PrefixScope("assistant", 100, "ann");
    var result = resultOf(server.submit(request(prompt, MOST, "ann", scope).with(adapter), heard));
    assertThat(heard.ids()).isEqualTo(expected);
    return result.usage().reused();
  }

  @Test
  void whoHasBegunFinishesWhenItIsClosed() throws InterruptedException {
    var one = model.loadAdapter(first);
    var withOne = alone(model, one);
    var begun = new CountDownLatch(1);
    var mayGoOn = new CountDownLatch(1);
    var ids = new ArrayList<Integer>();
    var handle =
        server.submit(
            request(prompt, MOST, "ann").with(one),
            new GenerationListener() {
              @Override
              public void token(GeneratedToken token) {
                begun.countDown();
                await(mayGoOn);
                if (token.id() >= 0) {
                  ids.add(token.id());
                }
              }
            });
    assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
    one.close();

    assertThatThrownBy(() -> server.submit(request(prompt, MOST, "bob").with(one), new Recording()))
        .isInstanceOf(EngineException.Closed.class);
    mayGoOn.countDown();
    assertThat(resultOf(handle).failure()).isNull();
    assertThat(ids).isEqualTo(withOne);
    var heard = new Recording();
    resultOf(server.submit(request(prompt, MOST, "bob"), heard));
    assertThat(heard.ids()).isEqualTo(alone(model, null));
  }

  @Test
  void aRefusedRequestHoldsNothing() {
    var one = model.loadAdapter(first);
    var tooLong = request(tokens(5000, 1), MOST, "ann").with(one);

    assertThatThrownBy(() -> server.submit(tooLong, new Recording()))
        .isInstanceOf(EngineException.LimitExceeded.class);

    one.close();
    assertThatThrownBy(() -> alone(model, one)).hasMessageContaining("closed");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Integer> merged() {
    var path = AdapterFiles.merged(base, first, folder.resolve("merged.gguf"), CHANGED);
    try (var whole = LanguageModel.load(path, options())) {
      return alone(whole, null);
    }
  }

  private List<Integer> alone(LanguageModel any, @Nullable ModelAdapter adapter) {
    var ids = new ArrayList<Integer>();
    try (var session = any.newSession(any.pages(), adapter)) {
      session.append(prompt);
      session.generate(
          SamplingOptions.greedy(),
          MOST,
          token -> {
            if (token.id() >= 0) {
              ids.add(token.id());
            }
            return true;
          });
    }
    return ids;
  }

  private static EngineOptions options() {
    return EngineOptions.defaults()
        .withThreads(2)
        .withContextTokens(1024)
        .withCacheTokens(8192)
        .withCacheFormat("f32");
  }
}
