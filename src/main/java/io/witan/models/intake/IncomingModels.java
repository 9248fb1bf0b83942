package io.witan.models.intake;

import io.witan.engine.PartName;
import io.witan.identity.PersonId;
import io.witan.models.fetch.FetchAddress;
import io.witan.models.fetch.FetchFailed;
import io.witan.models.intake.IncomingModel.Kind;
import io.witan.models.intake.IncomingModel.State;
import io.witan.models.registry.JoinedModel;
import io.witan.models.registry.ModelAlreadyAdded;
import io.witan.models.registry.ModelNameTaken;
import io.witan.models.registry.ModelRegistry.Wanted;
import io.witan.models.registry.RegisteredModel;
import io.witan.shared.Failure;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Files of models that somebody lets come, by an address or an upload. */
@Service
public class IncomingModels {
  private final IncomingTools tools;
  private final IncomingWork work;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;

  IncomingModels(
      IncomingTools tools,
      IncomingWork work,
      PlatformTransactionManager transactions,
      ApplicationEventPublisher events) {
    this.tools = tools;
    this.work = work;
    this.transaction = new TransactionTemplate(transactions);
    this.events = events;
  }

  /** All, the first first. */
  public List<IncomingModel> all() {
    return tools.repository().all().stream().map(this::shown).toList();
  }

  /**
   * @throws IncomingNotFound if there is none of that id
   */
  public IncomingModel find(UUID id) {
    return shown(row(id));
  }

  /** What it looks like now. */
  public IncomingModel shown(IncomingRow row) {
    var job = work.job(row.id()).orElse(null);
    long received = row.receivedBytes();
    if (job != null) {
      received = job.received();
    } else if (row.state() == State.DONE && row.totalBytes() != null) {
      received = row.totalBytes();
    } else if (row.kind() == Kind.UPLOAD && work.isHere(row)) {
      received = tools.files().size(row.id());
    }
    return row.shown(received, job == null ? null : job.pace(), tools.settings().keep());
  }

  /**
   * @throws IncomingNotFound if there is none of that id
   */
  public IncomingRow row(UUID id) {
    return tools.repository().find(id).orElseThrow(() -> new IncomingNotFound(id));
  }

  /**
   * Begins to fetch a file in the background; from the address of a first part, all of them.
   *
   * @throws io.witan.shared.InvalidInput if that is no address, or a checksum is given for parts
   * @throws PartOfModel if it is the address of another part than the first
   * @throws io.witan.models.fetch.FetchAddressRefused if nothing is fetched from there
   * @throws ModelAlreadyAdded if the content that is wanted is there
   * @throws ModelNameTaken if another model has the name
   * @throws TooManyIncoming if too many are on their way
   */
  public IncomingModel fetch(PersonId by, String url, Wanted wanted) {
    var row = begun(by, FetchAddress.of(url), wanted);
    work.submit(row);
    return shown(row);
  }

  private IncomingRow begun(@Nullable PersonId by, FetchAddress address, Wanted wanted) {
    tools.fetcher().check(address);
    address.part().ifPresent(part -> requireWhole(address, part, wanted));
    return add(by, Kind.FETCH, address.url().toString(), address.modelFileName(), wanted, null);
  }

  private static void requireWhole(FetchAddress address, PartName part, Wanted wanted) {
    if (!part.isFirst()) {
      throw PartOfModel.notFirst(part, address.part(1));
    }
    JoinedModel.requireNoChecksum(wanted);
  }

  /**
   * Keeps that a file is to come, and audits it.
   *
   * @param total null if not known
   */
  public IncomingRow add(
      @Nullable PersonId by,
      Kind kind,
      @Nullable String url,
      String fileName,
      Wanted wanted,
      @Nullable Long total) {
    tools.registry().requireFree(wanted);
    tools.files().requireRoom(total == null ? -1 : total, 0);
    var now = tools.repository().now();
    var row =
        new IncomingRow(
            UUID.randomUUID(),
            kind,
            tools.files().store(),
            url,
            fileName,
            wanted,
            total,
            0,
            null,
            kind == Kind.FETCH ? State.WAITING : State.RECEIVING,
            null,
            null,
            now,
            by,
            now);
    transaction.executeWithoutResult(
        status -> {
          int most = tools.settings().unfinished();
          if (tools.repository().all().stream().filter(IncomingRow::isUnfinished).count() >= most) {
            throw new TooManyIncoming(most);
          }
          tools.repository().insert(row);
          events.publishEvent(new IncomingStarted(by, row.id(), kind, row.source()));
        });
    return row;
  }

  /** Whether its file is here, not on another machine of the installation. */
  public boolean isHere(IncomingRow row) {
    return work.isHere(row);
  }

  /** Of an upload more has come; false if somebody discarded it. */
  public boolean received(IncomingRow row) {
    return tools.repository().received(row.id(), tools.files().size(row.id()));
  }

  /** All of an upload is there: it is checked and added in the background. */
  public void complete(IncomingRow row) {
    if (!tools.repository().becomes(row.id(), State.CHECKING)) {
      throw new IncomingNotFound(row.id());
    }
    work.submit(row(row.id()));
  }

  /** An upload is no model. */
  public void fail(IncomingRow row, Failure failure) {
    tools.repository().fails(row.id(), failure, tools.files().size(row.id()));
    tools.files().delete(row.id());
  }

  /**
   * Goes on with a fetch that failed, where it stopped if that can be.
   *
   * @throws IncomingNotFound if there is none of that id
   * @throws IncomingNotFailed if it has not failed
   */
  public IncomingModel retry(UUID id) {
    var row = row(id);
    if (row.state() != State.FAILED || row.kind() != Kind.FETCH || !work.isHere(row)) {
      throw new IncomingNotFailed(row.fileName());
    }
    tools.repository().becomes(id, State.WAITING);
    var waiting = row(id);
    work.submit(waiting);
    return shown(waiting);
  }

  /**
   * Forgets one, and stops it if it goes on. A model that it has become stays.
   *
   * @throws IncomingNotFound if there is none of that id
   */
  public void discard(PersonId by, UUID id) {
    var row = row(id);
    transaction.executeWithoutResult(
        status -> {
          if (tools.repository().delete(id) && row.isUnfinished()) {
            events.publishEvent(new IncomingDiscarded(by, id, row.source()));
          }
        });
    if (work.isHere(row)) {
      work.discard(id);
    }
  }

  /**
   * Fetches a file in this thread, for the command line; goes on with what an earlier command of
   * the same address left.
   *
   * @param progress told how many bytes are there, and of how many if that is known
   */
  public RegisteredModel fetchHere(
      String url, Wanted wanted, BiConsumer<Long, Optional<Long>> progress) {
    var address = FetchAddress.of(url);
    var row = left(address).orElseGet(() -> begun(null, address, wanted));
    tools.fetcher().check(address);
    try (var claim = tools.files().claim(row.id()).orElse(null)) {
      if (claim == null) {
        throw FetchFailed.elsewhere(address.url().host());
      }
      return fetchAlone(row, progress);
    }
  }

  private RegisteredModel fetchAlone(IncomingRow row, BiConsumer<Long, Optional<Long>> progress) {
    var told =
        new Object() {
          @Nullable Long total = row.totalBytes();
          boolean isKnown = total != null;
        };
    var job =
        new IncomingJob(
            tools,
            row,
            bytes -> {
              if (!told.isKnown) {
                told.total =
                    tools.repository().find(row.id()).map(IncomingRow::totalBytes).orElse(null);
                told.isKnown = true;
              }
              progress.accept(bytes, Optional.ofNullable(told.total));
            });
    var model = job.work();
    tools.repository().delete(row.id());
    return model;
  }

  private Optional<IncomingRow> left(FetchAddress address) {
    return tools.repository().all().stream()
        .filter(row -> row.by() == null && row.isUnfinished() && work.isHere(row))
        .filter(row -> address.url().toString().equals(row.url()))
        .findFirst();
  }
}
