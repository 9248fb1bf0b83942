package io.witan.operations.audit;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.identity.NotAllowed;
import io.witan.shared.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "Operations")
class AuditController {
  private final AuditLog log;

  AuditController(AuditLog log) {
    this.log = log;
  }

  @GetMapping
  @Operation(summary = "Who did what, newest first (administrators)")
  Page<AuditEntry> list(
      AccessScope scope,
      @RequestParam @Nullable String cursor,
      @RequestParam @Nullable Integer limit) {
    NotAllowed.unlessAdministrator(scope);
    return log.list(cursor, Page.limit(limit));
  }
}
