package io.witan.documents;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one uploaded file.
 *
 * @param document the new or changed document
 * @param duplicateOf a document that already has these bytes; only one that the uploader may read.
 *     In the same collection the file is not kept twice; one in another collection is only pointed
 *     out
 */
public record UploadResult(
    String fileName,
    Outcome outcome,
    @Nullable Document document,
    @Nullable ExistingDocument duplicateOf,
    @Nullable DocumentProblem problem) {

  /** What was done with the file. */
  public enum Outcome {
    ACCEPTED,
    NEW_REVISION,
    DUPLICATE,
    REJECTED
  }

  /** A document that is there already. */
  public record ExistingDocument(UUID id, String title) {}

  static UploadResult accepted(
      Document document, boolean first, @Nullable ExistingDocument sameElsewhere) {
    var outcome = first ? Outcome.ACCEPTED : Outcome.NEW_REVISION;
    return new UploadResult(document.fileName(), outcome, document, sameElsewhere, null);
  }

  static UploadResult duplicate(String fileName, ExistingDocument of) {
    return new UploadResult(fileName, Outcome.DUPLICATE, null, of, null);
  }

  /** The file was not kept; the others of its batch are not affected. */
  public static UploadResult rejected(String fileName, DocumentProblem problem) {
    return new UploadResult(fileName, Outcome.REJECTED, null, null, problem);
  }
}
