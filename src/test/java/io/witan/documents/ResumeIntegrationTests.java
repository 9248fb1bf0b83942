package io.witan.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.documents.Library.Upload;
import io.witan.documents.indexing.IndexingScheduler;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** In an application of its own: stopping the scheduler must not cut off other tests' work. */
@DocumentsApplication
@TestPropertySource(properties = "spring.application.name=resume")
class ResumeIntegrationTests {
  @Autowired Library library;
  @Autowired IndexingScheduler scheduler;
  @Autowired JdbcClient jdbc;

  @AfterEach
  void indexAgain() {
    scheduler.start();
  }

  @Test
  void indexesWhatWasUploadedWhileNothingIndexed() {
    scheduler.stop();
    var bea = library.member("bea");
    var id =
        bea.add(bea.collection("waiting"), Upload.of("waiting.txt", "This waits for a worker."));
    assertThat(Library.state(bea.document(id))).isEqualTo("QUEUED");

    scheduler.start();

    bea.indexed(id);
  }

  /** What a killed process leaves: a job that is marked as being worked on, without a heartbeat. */
  @ParameterizedTest
  @ValueSource(strings = {"document-extracting", "document-chunking", "document-embedding"})
  void resumesAStageWhoseProcessDied(String stage) {
    var bea = library.member("bea");
    var id =
        bea.add(
            bea.collection("died in " + stage),
            Upload.of("died.txt", "The process died in " + stage + "."));
    bea.indexed(id);
    scheduler.stop();
    var revision = jdbcRevision(id);
    jdbc.sql(
            "insert into documents.scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, consecutive_failures, version) values (?, ?, now() - interval '1 hour', true, 'killed', now() - interval '1 hour', 0, 7)")
        .params(stage, revision.toString())
        .update();
    library.change(
        "update documents.revision set state = 'PROCESSING', stage = 'EXTRACTING', answering = false, progress = 0.1 where id = ?",
        revision);

    scheduler.start();

    var document = bea.indexed(id);
    assertThat(document.path("passages").asInt()).isEqualTo(1);
    assertThat(
            library.number(
                "select count(*) from retrieval.passage p join retrieval.source s on s.id = p.source_id where s.document_id = ?",
                id))
        .isEqualTo(1);
    assertThat(
            library.number(
                "select count(*) from documents.text_version where revision_id = ?", revision))
        .isEqualTo(1);
    assertThat(
            library.number(
                "select count(*) from documents.scheduled_tasks where task_instance = ?",
                revision.toString()))
        .isZero();
  }

  /** What a stop in the middle of a stage leaves, in the process that starts again. */
  @Test
  void goesOnWithAStageThatAStopCutOff() {
    var bea = library.member("bea");
    var id = bea.add(bea.collection("cut off"), Upload.of("long.txt", longText()));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                library.number(
                        "select count(*) from documents.revision where document_id = ? and stage = 'EMBEDDING' and progress > 0.45 and state = 'PROCESSING'",
                        id)
                    == 1);

    scheduler.stop();
    scheduler.start();

    assertThat(bea.indexed(id).path("passages").asInt()).isGreaterThan(50);
    library.settle();
  }

  private static String longText() {
    return IntStream.range(0, 1500)
        .mapToObj(
            i ->
                "Paragraph %d tells what happened in the year %d in the town of number %d. "
                        .formatted(i, 1000 + i, i * 7)
                    + "Its people counted %d houses and %d wells.\n\n".formatted(i * 3, i * 5))
        .collect(Collectors.joining());
  }

  private UUID jdbcRevision(UUID document) {
    return library.id("select id from documents.revision where document_id = ?", document);
  }
}
