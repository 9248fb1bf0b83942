package io.witan.models.upload;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.identity.NotAllowed;
import io.witan.models.intake.IncomingSettings;
import io.witan.models.upload.ModelUploads.Position;
import io.witan.shared.InvalidInput;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** The protocol tus 1.0: core, creation, termination, expiration. For administrators. */
@RestController
@RequestMapping("/api/v1/models/uploads")
@Tag(name = "Models")
class ModelUploadController {
  private static final String VERSION = "1.0.0";
  private static final String LENGTH = "Upload-Length";
  private static final String OFFSET = "Upload-Offset";
  private static final String PIECE = "application/offset+octet-stream";
  private static final String TUS =
      "By tus 1.0 (https://tus.io): the header Tus-Resumable must be 1.0.0. ";
  private final ModelUploads uploads;
  private final IncomingSettings settings;

  ModelUploadController(ModelUploads uploads, IncomingSettings settings) {
    this.uploads = uploads;
    this.settings = settings;
  }

  @RequestMapping(method = RequestMethod.OPTIONS)
  @Operation(summary = "What of the protocol tus is known (administrators)")
  ResponseEntity<Void> options(AccessScope scope) {
    NotAllowed.unlessAdministrator(scope);
    return answer(HttpStatus.NO_CONTENT)
        .header("Tus-Version", VERSION)
        .header("Tus-Extension", "creation,termination,expiration")
        .header("Tus-Max-Size", "" + settings.maxFileSize().toBytes())
        .build();
  }

  @PostMapping
  @Operation(
      summary = "Begin to upload a model in pieces (administrators)",
      description =
          TUS
              + "Upload-Length is the file's length; Upload-Metadata has filename and may have name,"
              + " licence and sha256. Location of the answer is where the pieces go.")
  ResponseEntity<Void> begin(AccessScope scope, HttpServletRequest request) {
    NotAllowed.unlessAdministrator(scope);
    if (isOtherVersion(request)) {
      return otherVersion();
    }
    var metadata = UploadMetadata.of(request.getHeader(UploadMetadata.HEADER));
    var begun =
        uploads.begin(
            scope.requirePerson(), metadata.fileName(), metadata.wanted(), number(request, LENGTH));
    return told(HttpStatus.CREATED, begun)
        .header(HttpHeaders.LOCATION, "/api/v1/models/uploads/" + begun.id())
        .build();
  }

  @RequestMapping(path = "/{id}", method = RequestMethod.HEAD)
  @Operation(
      summary = "Ask where an upload goes on (administrators)",
      description = TUS + "The answer is in Upload-Offset.")
  ResponseEntity<Void> position(
      AccessScope scope, @PathVariable UUID id, HttpServletRequest request) {
    NotAllowed.unlessAdministrator(scope);
    if (isOtherVersion(request)) {
      return otherVersion();
    }
    var position = uploads.position(id);
    return told(HttpStatus.OK, position)
        .header(LENGTH, "" + position.total())
        .cacheControl(CacheControl.noStore())
        .build();
  }

  @PatchMapping(path = "/{id}", consumes = PIECE)
  @Operation(
      summary = "Upload a piece (administrators)",
      description =
          TUS
              + "Upload-Offset says where the piece begins. What has come before a connection breaks"
              + " is kept. After the last piece the file is checked and added; see GET"
              + " /models/incoming/{id}.")
  ResponseEntity<Void> append(AccessScope scope, @PathVariable UUID id, HttpServletRequest request)
      throws IOException {
    NotAllowed.unlessAdministrator(scope);
    if (isOtherVersion(request)) {
      return otherVersion();
    }
    long offset = number(request, OFFSET);
    return told(HttpStatus.NO_CONTENT, uploads.append(id, offset, request.getInputStream()))
        .build();
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Give an upload up (administrators)", description = TUS)
  ResponseEntity<Void> discard(
      AccessScope scope, @PathVariable UUID id, HttpServletRequest request) {
    NotAllowed.unlessAdministrator(scope);
    if (isOtherVersion(request)) {
      return otherVersion();
    }
    uploads.discard(scope.requirePerson(), id);
    return answer(HttpStatus.NO_CONTENT).build();
  }

  private static ResponseEntity.BodyBuilder answer(HttpStatus status) {
    return ResponseEntity.status(status).header("Tus-Resumable", VERSION);
  }

  private static ResponseEntity.BodyBuilder told(HttpStatus status, Position position) {
    var expires = position.expiresAt().atOffset(ZoneOffset.UTC);
    return answer(status)
        .header(OFFSET, "" + position.offset())
        .header("Upload-Expires", DateTimeFormatter.RFC_1123_DATE_TIME.format(expires));
  }

  private static boolean isOtherVersion(HttpServletRequest request) {
    return !VERSION.equals(request.getHeader("Tus-Resumable"));
  }

  private static ResponseEntity<Void> otherVersion() {
    return answer(HttpStatus.PRECONDITION_FAILED).header("Tus-Version", VERSION).build();
  }

  private static long number(HttpServletRequest request, String header) {
    var value = request.getHeader(header);
    if (value == null || !value.matches("\\d{1,18}")) {
      throw new InvalidInput(header, "must be a number of bytes");
    }
    return Long.parseLong(value);
  }
}
