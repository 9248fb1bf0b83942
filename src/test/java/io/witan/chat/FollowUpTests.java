package io.witan.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowUpTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "And in Germany?",
        "and the battery?",
        "What about trainees?",
        "How about the Premium one?",
        "Why?",
        "How much?",
        "How long?",
        "price?",
        "the price?",
        "Is it waterproof?",
        "How much do they cost?",
        "Who approves that?",
        "When does this apply?",
        "What is its weight?",
        "那保修期呢？",
        "电池呢？",
        "那么费用由谁承担？",
        "还有其他要求吗？",
        "它防水吗？",
        "为什么？",
        "多少钱？",
        "这个需要审批吗？",
        "其有效期是多长？",
        "還有別的嗎？",
        "這個要多少錢？"
      })
  void leansOnTheQuestionBefore(String question) {
    assertThat(FollowUp.leansOnEarlier(question)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How many days of annual leave do employees have?",
        "How do I cancel a booking with CloudWay 24?",
        "What is ABS?",
        "Price of Velvera One",
        "How long does it take to get a refund?",
        "Is it possible to change the name on a ticket?",
        "What does the travel policy say about trains that are late?",
        "How do I start the car with a dead battery when it does not react at all?",
        "员工每年有多少天年假？",
        "怎样取消航班预订？",
        "其他公司的员工可以使用食堂吗？",
        "差旅费如何报销？",
        "A4 纸在哪里？",
        "土耳其办事处的地址是什么？"
      })
  void standsAlone(String question) {
    assertThat(FollowUp.leansOnEarlier(question)).isFalse();
  }

  @Test
  void searchesAFollowUpTogetherWithTheQuestionItLeansOn() {
    var queries =
        FollowUp.queries(
            List.of("Who may park in the yard?", "How much is the Velvera One?", "And the case?"),
            "And its warranty?");

    assertThat(queries)
        .containsExactly(
            "How much is the Velvera One?\nAnd the case?\nAnd its warranty?", "And its warranty?");
  }

  @Test
  void triesTheEarlierQuestionOnlyAfterAQuestionThatStandsAlone() {
    assertThat(FollowUp.queries(List.of("手机的保修期多长？"), "在哪里可以维修手机？"))
        .containsExactly("在哪里可以维修手机？", "手机的保修期多长？\n在哪里可以维修手机？");
  }

  @Test
  void takesAtMostThreeTurnsAlong() {
    var earlier = List.of("And a?", "And b?", "And c?", "And d?", "And e?");

    assertThat(FollowUp.queries(earlier, "And f?").getFirst())
        .isEqualTo("And c?\nAnd d?\nAnd e?\nAnd f?");
  }

  @Test
  void aFirstQuestionIsSearchedAsItIs() {
    assertThat(FollowUp.queries(List.of(), "And in Germany?")).containsExactly("And in Germany?");
  }
}
