package io.witan.documents.sample;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.catalogue.Access;
import io.witan.catalogue.CollectionSummary;
import io.witan.identity.AccessScope;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Collections")
class SampleController {
  private final SampleCollection sample;

  SampleController(SampleCollection sample) {
    this.sample = sample;
  }

  /** The new collection, in the form of every other; its readers are known. */
  @Schema(name = "SampleCollection")
  record CreatedSample(
      UUID id,
      String name,
      String description,
      Access access,
      SampleReaders readers,
      boolean sample,
      Instant createdAt,
      Instant updatedAt) {

    static CreatedSample of(CollectionSummary made) {
      return new CreatedSample(
          made.id().value(),
          made.name(),
          made.description(),
          made.access(),
          new SampleReaders(true, 1, 0),
          made.sample(),
          made.createdAt(),
          made.updatedAt());
    }
  }

  /** Who may read it: everyone who can sign in, and its creator. */
  record SampleReaders(boolean everyone, int people, int groups) {}

  @PostMapping("/api/v1/collections/sample")
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Create a collection of Witan's own manual that everyone may read")
  CreatedSample create(AccessScope scope) throws IOException {
    return CreatedSample.of(sample.create(scope));
  }
}
