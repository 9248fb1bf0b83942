package io.witan.documents.upload;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.catalogue.Access;
import io.witan.catalogue.CollectionCatalogue;
import io.witan.catalogue.CollectionId;
import io.witan.documents.DocumentSettings;
import io.witan.documents.DocumentUploads;
import io.witan.documents.FileTooLarge;
import io.witan.documents.NotMultipart;
import io.witan.documents.UploadResult;
import io.witan.documents.UploadTooLarge;
import io.witan.identity.AccessScope;
import io.witan.shared.Failure;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.impl.FileUploadIOException;
import org.apache.tomcat.util.http.fileupload.impl.SizeLimitExceededException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads the request as it arrives, file by file, so that none of it lies in memory or on disk. */
@RestController
@Tag(name = "Documents")
class UploadController {
  private static final String PART = "file";
  private static final int MAX_FILES = 10_000;

  private final DocumentUploads uploads;
  private final CollectionCatalogue catalogue;
  private final DocumentSettings settings;

  UploadController(
      DocumentUploads uploads, CollectionCatalogue catalogue, DocumentSettings settings) {
    this.uploads = uploads;
    this.catalogue = catalogue;
    this.settings = settings;
  }

  /** What became of each file, in the order sent. */
  record UploadResults(List<UploadResult> results) {}

  /** The form of an upload, for the API description. */
  @Schema(name = "Upload")
  record UploadForm(List<byte[]> file) {}

  @PostMapping(
      path = "/api/v1/collections/{id}/documents",
      consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @Operation(
      summary = "Upload files; each is taken or rejected by itself",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                      schema = @Schema(implementation = UploadForm.class))))
  UploadResults upload(AccessScope scope, @PathVariable UUID id, HttpServletRequest request)
      throws IOException {
    var collection = new CollectionId(id);
    catalogue.require(scope, collection, Access.CONTRIBUTE);
    if (request.getContentLengthLong() > settings.maxRequestSize().toBytes()) {
      throw new UploadTooLarge(settings.maxRequestSize(), 0);
    }
    var results = new ArrayList<UploadResult>();
    try {
      read(scope, collection, request, results);
    } catch (FileUploadException unreadable) {
      throw unreadable(unreadable, results);
    } catch (FileUploadIOException unreadable) {
      throw unreadable(unreadable.getCause(), results);
    }
    if (results.isEmpty()) {
      throw new NotMultipart("there was none.");
    }
    if (results.stream().allMatch(UploadController::isTooLarge)) {
      throw new FileTooLarge(settings.maxFileSize());
    }
    return new UploadResults(results);
  }

  private void read(
      AccessScope scope,
      CollectionId collection,
      HttpServletRequest request,
      List<UploadResult> results)
      throws IOException, FileUploadException {
    var reader = new FileUpload();
    reader.setHeaderEncoding("UTF-8");
    reader.setFileCountMax(MAX_FILES);
    reader.setSizeMax(settings.maxRequestSize().toBytes()); // of a request that names no length
    var parts = reader.getItemIterator(new ServletRequestContext(request));
    while (parts.hasNext()) {
      var part = parts.next();
      if (PART.equals(part.getFieldName())) {
        results.add(take(scope, collection, part));
      }
    }
  }

  private Failure unreadable(@Nullable Throwable cause, List<UploadResult> results) {
    if (cause instanceof SizeLimitExceededException) {
      int taken = (int) results.stream().filter(result -> result.document() != null).count();
      return new UploadTooLarge(settings.maxRequestSize(), taken);
    }
    return new NotMultipart(cause == null ? "it broke off." : String.valueOf(cause.getMessage()));
  }

  private UploadResult take(AccessScope scope, CollectionId collection, FileItemStream part)
      throws IOException {
    try (var bytes = part.openStream()) {
      return uploads.upload(scope, collection, part.getName(), bytes);
    }
  }

  private static boolean isTooLarge(UploadResult result) {
    return result.problem() != null && result.problem().code().equals("file-too-large");
  }
}
