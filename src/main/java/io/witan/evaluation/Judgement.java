package io.witan.evaluation;

/**
 * How a reply to a question came out.
 *
 * @param f1 of an answerable question, 0 if it was refused
 * @param holds whether it says an accepted answer
 * @param wrong whether it answered and that is not right, or there is no answer
 * @param citations that could be judged
 */
record Judgement(
    AskedQuestion question,
    Reply reply,
    double f1,
    boolean exact,
    boolean holds,
    boolean wrong,
    int citations,
    int citationsRight) {

  static Judgement of(AskedQuestion question, Reply reply) {
    var accepted = question.accepted();
    boolean asked = question.answerable() && !reply.refused();
    var answer = AnswerText.of(reply.text());
    int citations = 0;
    int right = 0;
    if (asked && isSomewhere(question)) {
      citations = reply.cited().size();
      right = (int) reply.cited().stream().filter(text -> answers(question, text)).count();
    }
    return new Judgement(
        question,
        reply,
        asked ? accepted.f1(answer) : 0,
        asked && accepted.exact(answer),
        asked && accepted.in(answer),
        !reply.refused() && !(asked && accepted.right(answer)),
        citations,
        right);
  }

  /** Whether it is known which passage answers. */
  private static boolean isSomewhere(AskedQuestion question) {
    return question.passages().stream().anyMatch(passage -> answers(question, passage.text()));
  }

  private static boolean answers(AskedQuestion question, String passage) {
    boolean gold =
        question.gold().stream()
            .filter(place -> place >= 0 && place < question.passages().size())
            .anyMatch(place -> question.passages().get(place).text().equals(passage));
    return gold || question.accepted().inPart(AnswerText.of(passage));
  }
}
