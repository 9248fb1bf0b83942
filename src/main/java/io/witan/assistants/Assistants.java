package io.witan.assistants;

import io.witan.catalogue.Access;
import io.witan.catalogue.CollectionCatalogue;
import io.witan.catalogue.CollectionId;
import io.witan.identity.AccessScope;
import io.witan.identity.NotAllowed;
import io.witan.identity.ScopedTransactions;
import io.witan.shared.Cursor;
import io.witan.shared.InvalidInput;
import io.witan.shared.Page;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Defines assistants and says how the picked one answers. */
@Service
public class Assistants {
  /** A trial of a form whose name is not written yet; nobody sees it. */
  private static final String UNNAMED = "-";

  private final AssistantRepository repository;
  private final CollectionCatalogue catalogue;
  private final ScopedTransactions transactions;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Assistants(
      AssistantRepository repository,
      CollectionCatalogue catalogue,
      ScopedTransactions transactions,
      ApplicationEventPublisher events,
      Clock clock) {
    this.repository = repository;
    this.catalogue = catalogue;
    this.transactions = transactions;
    this.events = events;
    this.clock = clock;
  }

  /**
   * The current version of an assistant.
   *
   * @param id null for the default assistant
   * @throws AssistantNotFound if there is none with that id
   */
  public AssistantSettings settings(AccessScope scope, @Nullable AssistantId id) {
    var row =
        transactions.read(
            scope,
            () ->
                id == null
                    ? repository.standard()
                    : repository.find(id).orElseThrow(() -> new AssistantNotFound(id)));
    var content = row.content();
    return new AssistantSettings(
        row.id(),
        row.version(),
        content.name(),
        content.instructions(),
        content.within(),
        content.retrieval(),
        content.adapter(),
        content.sampling());
  }

  /**
   * An assistant as it would be, to try it before it is saved; administrators only.
   *
   * @param id the one that is being edited; null for a new one
   * @throws io.witan.identity.NotAllowed if the person is not an administrator
   */
  public AssistantSettings trial(
      AccessScope scope, @Nullable AssistantId id, AssistantRequest request) {
    NotAllowed.unlessAdministrator(scope);
    var named = request.name() == null || request.name().isBlank() ? UNNAMED : request.name();
    var standard = AssistantDraft.named(named);
    return transactions.read(
        scope,
        () -> {
          var row = id == null ? null : require(id);
          var draft =
              row == null
                  ? merged(scope, standard, List.of(), request.named(named))
                  : merged(scope, row.content(), row.readable(), request.named(named));
          return new AssistantSettings(
              id == null ? new AssistantId(UUID.randomUUID()) : id,
              row == null ? 0 : row.version(),
              draft.name(),
              draft.instructions(),
              draft.within(),
              draft.retrieval(),
              draft.adapter(),
              draft.sampling());
        });
  }

  List<Assistant> all(AccessScope scope) {
    return transactions.read(
        scope, () -> repository.all().stream().map(row -> view(scope, row)).toList());
  }

  Assistant get(AccessScope scope, AssistantId id) {
    return transactions.read(scope, () -> view(scope, require(id)));
  }

  Assistant create(AccessScope scope, AssistantRequest request) {
    if (request.name() == null) {
      throw new InvalidInput("name", "must have 1 to 100 characters");
    }
    var standard = AssistantDraft.named(request.name());
    return transactions.write(
        scope,
        () -> {
          var draft = merged(scope, standard, List.of(), request);
          requireFreeName(draft.name(), null);
          var id = new AssistantId(UUID.randomUUID());
          repository.insert(id, draft, scope.requirePerson(), now());
          events.publishEvent(new AssistantChanged(id, 1, scope.requirePerson(), draft.name()));
          return view(scope, require(id));
        });
  }

  Assistant change(AccessScope scope, AssistantId id, AssistantRequest request) {
    return transactions.write(
        scope,
        () -> {
          var row = lock(id);
          return replace(scope, row, merged(scope, row.content(), row.readable(), request));
        });
  }

  /**
   * What the assistant was, newest first. Administrators only.
   *
   * @throws AssistantNotFound if there is none with that id
   */
  Page<AssistantVersion> versions(
      AccessScope scope, AssistantId id, @Nullable String cursor, int limit) {
    var rows =
        transactions.read(
            scope,
            () -> {
              require(id);
              return repository.versions(id, before(cursor), limit + 1);
            });
    return Page.cut(
        rows.stream().map(row -> new AssistantVersion(view(scope, row), row.by())).toList(),
        limit,
        last -> Cursor.of(last.assistant().version()));
  }

  private static int before(@Nullable String cursor) {
    var keys = Cursor.parse(cursor, 1);
    try {
      return keys == null ? Integer.MAX_VALUE : Integer.parseInt(keys.getFirst());
    } catch (NumberFormatException e) {
      throw new InvalidInput("cursor", "is not one that this server gave; start without a cursor");
    }
  }

  /**
   * Defines the assistant as it was, with all collections of that version that still exist, also
   * those that the administrator may not read. It stays the default if it is.
   *
   * @throws AssistantNotFound if there is no such assistant or version
   */
  Assistant restore(AccessScope scope, AssistantId id, int version) {
    return transactions.write(
        scope,
        () -> {
          var row = lock(id);
          var old =
              repository.version(id, version).orElseThrow(() -> new AssistantNotFound(id, version));
          return replace(scope, row, old.content());
        });
  }

  private AssistantRepository.Row lock(AssistantId id) {
    if (!repository.lock(id)) {
      throw new AssistantNotFound(id);
    }
    return require(id);
  }

  /** Makes the next version of a locked assistant, unless nothing is different. */
  private Assistant replace(AccessScope scope, AssistantRepository.Row row, AssistantDraft draft) {
    if (row.content().isDefault() && !draft.isDefault()) {
      throw new DefaultAssistantNeeded(row.content().name());
    }
    if (draft.equals(row.content())) {
      return view(scope, row);
    }
    requireFreeName(draft.name(), row.id());
    int version = row.version() + 1;
    repository.update(row.id(), version, draft, scope.requirePerson(), now());
    events.publishEvent(
        new AssistantChanged(row.id(), version, scope.requirePerson(), draft.name()));
    return view(scope, require(row.id()));
  }

  void delete(AccessScope scope, AssistantId id) {
    transactions.run(
        scope,
        () -> {
          var row = require(id);
          if (row.content().isDefault()) {
            throw new DefaultAssistantNeeded(row.content().name());
          }
          repository.delete(id);
          events.publishEvent(
              new AssistantDeleted(id, scope.requirePerson(), row.content().name()));
        });
  }

  private AssistantDraft merged(
      AccessScope scope,
      AssistantDraft current,
      List<CollectionId> readable,
      AssistantRequest request) {
    return new AssistantDraft(
        request.name() == null ? current.name() : request.name(),
        request.description() == null ? current.description() : request.description(),
        request.instructions() == null ? current.instructions() : request.instructions(),
        request.namesCollections()
            ? knowledge(scope, current, readable, request.collections())
            : current.within(),
        request.retrieval() == null ? current.retrieval() : request.retrieval().settings(),
        request.adapter() == null ? current.adapter() : request.adapter(),
        request.sampling() == null ? current.sampling() : request.sampling(),
        request.isDefault() == null ? current.isDefault() : request.isDefault());
  }

  /**
   * The collections after a change. Those that the administrator cannot see stay as they are: who
   * edits what is shown must not take away what is not.
   */
  private @Nullable Set<CollectionId> knowledge(
      AccessScope scope,
      AssistantDraft current,
      List<CollectionId> readable,
      @Nullable Set<CollectionId> asked) {
    if (asked == null) {
      return null;
    }
    asked.forEach(id -> catalogue.require(scope, id, Access.READ));
    var within = new HashSet<>(asked);
    if (current.within() != null) {
      current.within().stream().filter(id -> !readable.contains(id)).forEach(within::add);
    }
    return within;
  }

  private void requireFreeName(String name, @Nullable AssistantId except) {
    if (repository.nameTaken(name, except)) {
      throw new AssistantNameTaken(name);
    }
  }

  private AssistantRepository.Row require(AssistantId id) {
    return repository.find(id).orElseThrow(() -> new AssistantNotFound(id));
  }

  private static Assistant view(AccessScope scope, AssistantRepository.Row row) {
    var content = row.content();
    var within = content.within();
    var readable = row.readable().stream().map(CollectionId::value).toList();
    return new Assistant(
        row.id().value(),
        content.name(),
        content.description(),
        content.instructions(),
        within == null ? null : readable,
        within == null || !scope.isAdministrator() ? null : within.size() - readable.size(),
        content.retrieval(),
        content.adapter(),
        content.sampling(),
        content.isDefault(),
        row.version(),
        row.createdAt(),
        row.updatedAt());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
