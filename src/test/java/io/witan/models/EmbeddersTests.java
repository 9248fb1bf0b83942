package io.witan.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddersTests {
  private Embedders embedders;

  @BeforeAll
  void load() {
    embedders = Embedders.load(ModelSettings.defaults());
  }

  @AfterAll
  void close() throws Exception {
    embedders.close();
  }

  @Test
  void chooseTheModelByLanguage() {
    assertThat(embedders.forLanguage("en").dimensions()).isEqualTo(384);
    assertThat(embedders.forLanguage("zh").dimensions()).isEqualTo(512);
    assertThat(embedders.forLanguage("de")).isSameAs(embedders.forLanguage("en"));
  }

  @Test
  void vectorsAreOfUnitLengthAndInOrder() {
    var english = embedders.forLanguage("en");
    var texts = List.of("A long sentence about the height of mountains in Nepal.", "Cats.", "Tea");

    var together = english.embedPassages(texts);

    for (int i = 0; i < texts.size(); i++) {
      assertThat(dot(together.get(i), together.get(i))).isCloseTo(1, within(1e-4));
      var alone = english.embedPassages(List.of(texts.get(i))).getFirst();
      assertThat(dot(together.get(i), alone)).as("independent of the batch").isGreaterThan(0.98);
    }
  }

  @Test
  void closingWaitsForWhatIsBeingEmbedded() throws Exception {
    var closing = Embedders.load(ModelSettings.defaults());
    var english = closing.forLanguage("en");
    english.embedQuery("loaded");
    var started = new CountDownLatch(1);
    var outcome = new CompletableFuture<String>();
    Thread.ofPlatform()
        .start(
            () -> {
              started.countDown();
              try {
                while (true) {
                  english.embedPassages(Collections.nCopies(64, "A passage. ".repeat(20)));
                }
              } catch (RuntimeException refused) {
                outcome.complete(String.valueOf(refused.getMessage()));
              }
            });
    started.await();

    closing.close();

    assertThat(outcome.get(30, TimeUnit.SECONDS)).contains("closed");
  }

  @Test
  void similarMeaningIsNearInEnglish() {
    var english = embedders.forLanguage("en");
    var passages =
        english.embedPassages(
            List.of(
                "Employees are entitled to twenty-five days of paid holiday.",
                "The pump must be greased every six months."));
    var query = english.embedQuery("How much annual leave do I get?");

    assertThat(dot(query, passages.get(0))).isGreaterThan(dot(query, passages.get(1)) + 0.2);
  }

  @Test
  void similarMeaningIsNearInChinese() {
    var chinese = embedders.forLanguage("zh");
    var passages = chinese.embedPassages(List.of("员工每年享有二十五天带薪休假。", "水泵每六个月须加一次润滑油。"));
    var query = chinese.embedQuery("我一年有多少天年假？");

    assertThat(dot(query, passages.get(0))).isGreaterThan(dot(query, passages.get(1)) + 0.1);
  }

  @Test
  void longTextsAreCutNotRefused() {
    var vector = embedders.forLanguage("en").embedPassages(List.of("word ".repeat(5000)));

    assertThat(vector).hasSize(1);
  }

  @Test
  void identityNamesModelFileAndPooling() {
    assertThat(embedders.all().get(0).id()).matches("all-minilm-l6-v2-q@[0-9a-f]{12}/mean");
    assertThat(embedders.all().get(1).id()).matches("bge-small-zh-v1\\.5-q@[0-9a-f]{12}/cls");
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
