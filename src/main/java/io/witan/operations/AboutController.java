package io.witan.operations;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/about")
@Tag(name = "Operations")
class AboutController {
  private final @Nullable BuildProperties build;

  AboutController(ObjectProvider<BuildProperties> build) {
    this.build = build.getIfAvailable();
  }

  /** Which Witan this is; the build time is absent when it runs from its classes. */
  record About(String version, @Nullable Instant buildTime) {}

  @GetMapping
  @Operation(summary = "Which version runs here")
  About about() {
    var version = build == null ? null : build.getVersion();
    return new About(
        version == null ? "development" : version, build == null ? null : build.getTime());
  }
}
