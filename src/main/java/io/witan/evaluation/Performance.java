package io.witan.evaluation;

/**
 * What a load and a series of questions took.
 *
 * @param ingestCpuSeconds of this process, its extraction workers and its database server
 * @param searchMedianMillis of one search for ten passages, without writing an answer
 * @param answerMedianMillis of a whole answer, its search included
 * @param askingCpuSeconds of all measured searches and answers together
 */
public record Performance(
    int documents,
    int failed,
    int passages,
    long ingestMillis,
    double ingestCpuSeconds,
    int questions,
    double searchMedianMillis,
    double searchP95Millis,
    double answerMedianMillis,
    double answerP95Millis,
    double askingCpuSeconds) {

  public double documentsPerCpuSecond() {
    return documents / ingestCpuSeconds;
  }

  public double passagesPerCpuSecond() {
    return passages / ingestCpuSeconds;
  }
}
