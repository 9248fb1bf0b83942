package io.witan.documents;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A document as one person sees it: the newest revision's state, and the text that answers.
 *
 * @param fileName with the folders it was uploaded from
 * @param progress 0 to 1 over all stages
 * @param revision number of the newest revision, from 1
 * @param passages of the newest revision, once it is indexed
 * @param textVersionId the text that answers questions now: an older revision's while the newest is
 *     not indexed
 * @param owner absent once the account is gone
 */
public record Document(
    UUID id,
    UUID collectionId,
    String title,
    String fileName,
    String mediaType,
    String format,
    long bytes,
    @Nullable Integer pages,
    DocumentState state,
    Stage stage,
    double progress,
    @Nullable DocumentProblem problem,
    @Nullable DocumentProblem warning,
    int revision,
    @Nullable Integer passages,
    @Nullable String language,
    @Nullable UUID textVersionId,
    @Nullable Uploader owner,
    Instant createdAt,
    Instant updatedAt) {}
