package io.witan.identity.keys;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.identity.BrowserSession;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/me/api-keys")
@Tag(name = "API keys")
class ApiKeysController {
  private final ApiKeys keys;

  ApiKeysController(ApiKeys keys) {
    this.keys = keys;
  }

  record ApiKeyList(List<ApiKey> items) {}

  record NewApiKey(
      @NotBlank @Size(max = 100) String name, @Nullable @Min(1) @Max(3650) Integer expiresInDays) {}

  @Schema(name = "CreatedApiKey")
  record CreatedApiKey(ApiKey key, String secret) {}

  @GetMapping
  @Operation(summary = "Your API keys")
  ApiKeyList list(AccessScope scope) {
    return new ApiKeyList(keys.of(scope));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Create an API key; its secret is shown once. Needs a browser session")
  CreatedApiKey create(
      AccessScope scope, BrowserSession session, @Valid @RequestBody NewApiKey wanted) {
    var days = wanted.expiresInDays();
    var created =
        keys.create(scope, wanted.name().strip(), days == null ? null : Duration.ofDays(days));
    return new CreatedApiKey(created.key(), created.secret());
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Revoke one of your API keys")
  void revoke(AccessScope scope, @PathVariable UUID id) {
    keys.revoke(scope, id);
  }
}
