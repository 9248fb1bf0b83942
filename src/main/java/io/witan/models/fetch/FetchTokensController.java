package io.witan.models.fetch;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.identity.NotAllowed;
import io.witan.shared.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tokens for hosts that models are fetched from, by REST, for administrators. */
@RestController
@RequestMapping("/api/v1/models/fetch-tokens")
@Tag(name = "Models")
class FetchTokensController {
  private final FetchTokens tokens;

  FetchTokensController(FetchTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * A token to be kept.
   *
   * @param host with its port if that is not 443
   * @param token kept encrypted and never shown again
   */
  record NewFetchToken(
      @NotBlank @Size(max = 300) String host, @NotBlank @Size(max = 4000) String token) {
    @Override
    public String toString() {
      return "a token for a host";
    }
  }

  @GetMapping
  @Operation(
      operationId = "listFetchTokens",
      summary = "List the hosts that models are fetched from with a token (administrators)",
      description = "The tokens themselves are never told.")
  Page<FetchToken> list(AccessScope scope) {
    NotAllowed.unlessAdministrator(scope);
    return Page.all(tokens.all());
  }

  @PutMapping
  @Operation(
      operationId = "storeFetchToken",
      summary = "Store the token of a host, in place of the one before (administrators)",
      description =
          "It is shown to this host over https only, not to one that it redirects to, whoever of the"
              + " administrators fetches a model from there.")
  FetchToken store(AccessScope scope, @Valid @RequestBody NewFetchToken request) {
    NotAllowed.unlessAdministrator(scope);
    return tokens.store(scope.requirePerson(), request.host(), request.token());
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      operationId = "removeFetchToken",
      summary = "Forget the token of a host (administrators)")
  void remove(AccessScope scope, @RequestParam String host) {
    NotAllowed.unlessAdministrator(scope);
    if (!tokens.remove(scope.requirePerson(), host)) {
      throw new FetchTokenNotFound(host);
    }
  }
}
