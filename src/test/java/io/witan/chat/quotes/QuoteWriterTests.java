package io.witan.chat.quotes;

import static io.witan.chat.quotes.TestHits.chinese;
import static io.witan.chat.quotes.TestHits.english;
import static io.witan.chat.quotes.TestHits.hit;
import static org.assertj.core.api.Assertions.assertThat;

import io.witan.retrieval.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteWriterTests {
  private final QuoteWriter writer = new QuoteWriter(WordEmbedder::forLanguage);

  @Test
  void quotesTheSentenceThatAnswers() {
    var leave =
        english(
            1,
            "Leave",
            "This page is about leave. Employees have 25 days of annual leave per year."
                + " The office is closed on public holidays.");
    var travel = english(2, "Travel", "Trains are booked by the assistants of each team.");

    var quotes =
        writer.write("How many days of annual leave do I have?", List.of(leave, travel), 1);

    assertThat(texts(quotes)).containsExactly("Employees have 25 days of annual leave per year.");
  }

  @Test
  void quotesTheChineseSentenceThatAnswers() {
    var leave = chinese(1, "休假制度", "本制度适用于全体员工。员工每年享有十五天带薪年假。法定节假日公司放假。");
    var travel = chinese(2, "差旅", "火车票由行政人员统一预订。");

    var quotes = writer.write("年假有多少天？", List.of(leave, travel), 1);

    assertThat(texts(quotes)).containsExactly("员工每年享有十五天带薪年假。");
  }

  @Test
  void quotesATableRowWithItsHead() {
    var table =
        english(
            1,
            "Baggage",
            "Class | Bags | Weight\nFirst | 2 | 10 kg\nBusiness | 2 | 9 kg\nEconomy | 1 | 7 kg");

    var quotes = writer.write("What weight may bags have in Economy?", List.of(table), 1);

    assertThat(texts(quotes)).containsExactly("Class | Bags | Weight", "Economy | 1 | 7 kg");
    assertThat(quotes.getFirst().markdown())
        .isEqualTo("| Class | Bags | Weight |\n| --- | --- | --- |\n| Economy | 1 | 7 kg |");
  }

  @Test
  void joinsNeighboursToOneQuote() {
    var text = "Refunds are paid within seven days. Refunds go to the card that paid.";

    var quotes = writer.write("refunds paid card", List.of(english(1, "Refunds", text)), 3);

    assertThat(texts(quotes)).containsExactly(text);
  }

  @Test
  void prefersTheLanguageOfTheQuestion() {
    var english = english(2, "Backup", "The backup is checked before restore puts it in place.");
    var chinese = chinese(1, "备份", "backup 和 restore 在放回之前会先检查备份文件。");

    var asked = writer.write("How do I restore a backup?", List.of(chinese, english), 1);
    var inChinese = writer.write("怎样用 restore 放回备份文件？", List.of(english, chinese), 1);
    var only = writer.write("How do I restore a backup?", List.of(chinese), 1);

    assertThat(asked.getFirst().hit()).isEqualTo(english);
    assertThat(inChinese.getFirst().hit()).isEqualTo(chinese);
    assertThat(only.getFirst().hit()).isEqualTo(chinese);
  }

  @Test
  void citesTheBestDocumentFirstAndThenOthers() {
    var hits =
        List.of(
            english(
                1,
                "Parking",
                "Parking permits are accepted in the yard. A parking permit costs 20 euros."
                    + "\n\nLost parking permits are replaced."),
            english(2, "Garage", "Parking permits are accepted in the garage."),
            english(3, "Visitors", "Visitors have parking permits that are accepted for one day."));

    var quotes = writer.write("Where are parking permits accepted?", hits, 4);

    assertThat(quotes.getFirst().hit().title()).isEqualTo("Parking");
    assertThat(quotes.stream().limit(3).map(quote -> quote.hit().title()))
        .containsExactlyInAnyOrder("Parking", "Garage", "Visitors");
  }

  @Test
  void doesNotRepeatASentenceThatStandsInSeveralPassages() {
    var text = "The canteen opens at noon every day.";

    var quotes =
        writer.write(
            "When does the canteen open?",
            List.of(english(1, "Canteen", text), english(2, "Welcome", text)),
            4);

    assertThat(texts(quotes)).containsExactly(text);
  }

  @Test
  void saysNothingWhereThereIsNothing() {
    assertThat(writer.write("anything?", List.of(), 4)).isEmpty();
    assertThat(writer.write("anything?", List.of(english(1, "Empty", "12.")), 4)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void everyQuoteIsVerbatimAtItsOffsetsAndNoneOverlap(long seed) {
    var random = new Random(seed);
    var hits = new ArrayList<Hit>();
    for (int i = 1; i <= 8; i++) {
      boolean chinese = random.nextBoolean();
      hits.add(
          hit(
              i,
              "Document " + random.nextInt(5),
              random.nextBoolean() ? "A › B" : "",
              chinese ? "zh" : "en",
              // like passages of one document, these do not overlap
              i * 10_000,
              RandomText.of(random, chinese)));
    }
    int count = 1 + random.nextInt(10);

    var quotes = writer.write(RandomText.sentence(random, random.nextBoolean()), hits, count);

    assertThat(quotes).hasSizeLessThanOrEqualTo(count);
    for (var quote : quotes) {
      var hit = quote.hit();
      for (var range : quote.ranges()) {
        assertThat(range.start()).isGreaterThanOrEqualTo(hit.start());
        assertThat(range.end()).isLessThanOrEqualTo(hit.end());
        assertThat(hit.text().substring(range.start() - hit.start(), range.end() - hit.start()))
            .isEqualTo(range.text());
        assertThat(range.text()).isEqualTo(range.text().strip());
      }
    }
    for (int i = 0; i < quotes.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(overlap(quotes.get(i), quotes.get(j))).isFalse();
      }
    }
  }

  private static boolean overlap(Quote a, Quote b) {
    // the head of a table may be shown with several of its rows
    var mine = a.ranges().getLast();
    var theirs = b.ranges().getLast();
    return a.hit().textVersionId().equals(b.hit().textVersionId())
        && mine.start() < theirs.end()
        && theirs.start() < mine.end();
  }

  private static List<String> texts(List<Quote> quotes) {
    return quotes.stream().flatMap(q -> q.ranges().stream()).map(Quote.Range::text).toList();
  }
}
