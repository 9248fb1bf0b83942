package io.witan.chat.suggestions;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.shared.Page;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Example questions by REST. */
@RestController
@Tag(name = "Chat")
class SuggestionController {
  private final Suggestions suggestions;

  SuggestionController(Suggestions suggestions) {
    this.suggestions = suggestions;
  }

  @GetMapping("/api/v1/conversations/suggestions")
  @Operation(summary = "Suggest up to three questions about what you may read")
  Page<Suggestion> suggestions(
      AccessScope scope,
      @RequestParam(required = false) @Nullable String language,
      Locale accepted) {
    var wanted = language == null ? accepted.getLanguage() : language;
    return Page.all(suggestions.forPerson(scope, wanted.startsWith("zh") ? "zh" : "en"));
  }
}
