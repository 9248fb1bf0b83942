package io.witan.models.fetch;

import io.witan.identity.PersonId;
import io.witan.models.network.KeySeal;
import io.witan.shared.InvalidInput;
import java.security.GeneralSecurityException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Bearer tokens that single hosts are shown, sealed in the database; never shown again. */
@Service
public class FetchTokens {
  private static final int MOST_TOKEN = 4_000;
  private final JdbcClient jdbc;
  private final KeySeal seal;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  FetchTokens(
      JdbcClient jdbc,
      KeySeal seal,
      PlatformTransactionManager transactions,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.seal = seal;
    this.transaction = new TransactionTemplate(transactions);
    this.events = events;
    this.clock = clock;
  }

  /** The hosts that there are tokens for. */
  public List<FetchToken> all() {
    return jdbc.sql("select host, added_at from models.fetch_token order by host")
        .query(
            (row, number) ->
                new FetchToken(row.getString("host"), row.getTimestamp("added_at").toInstant()))
        .list();
  }

  /**
   * Keeps the token of a host, in place of the one before.
   *
   * @param by who stores it; null for the command line
   * @param host as in an address, with the port if it is not the usual one
   * @return what is told of it
   * @throws InvalidInput if one of them cannot be
   */
  public FetchToken store(@Nullable PersonId by, String host, String token) {
    var known = checked(host);
    var stored = new FetchToken(known, clock.instant().truncatedTo(ChronoUnit.MICROS));
    var text = token.strip();
    if (text.isEmpty()
        || text.length() > MOST_TOKEN
        || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new InvalidInput("token", "must be ASCII without spaces");
    }
    transaction.executeWithoutResult(
        status -> {
          jdbc.sql(
                  """
                  insert into models.fetch_token (host, sealed_token, added_at) values (?, ?, ?)
                  on conflict (host) do update
                     set sealed_token = excluded.sealed_token, added_at = excluded.added_at
                  """)
              .param(known)
              .param(seal.seal(text, purpose(known)))
              .param(Timestamp.from(stored.storedAt()))
              .update();
          events.publishEvent(new FetchTokenStored(by, known));
        });
    return stored;
  }

  /**
   * Forgets the token of a host.
   *
   * @param by who removes it; null for the command line
   * @return whether there was one
   */
  public boolean remove(@Nullable PersonId by, String host) {
    var known = checked(host);
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              int gone =
                  jdbc.sql("delete from models.fetch_token where host = ?").param(known).update();
              if (gone > 0) {
                events.publishEvent(new FetchTokenRemoved(by, known));
              }
              return gone > 0;
            }));
  }

  /** The token for an address; null if there is none. Over http nobody is shown one. */
  @Nullable String find(HttpUrl url) {
    if (!url.isHttps()) {
      return null;
    }
    var host = hostOf(url);
    var sealed =
        jdbc.sql("select sealed_token from models.fetch_token where host = ?")
            .param(host)
            .query(byte[].class)
            .optional();
    if (sealed.isEmpty()) {
      return null;
    }
    try {
      return seal.open(sealed.get(), purpose(host));
    } catch (GeneralSecurityException | IllegalStateException unreadable) {
      throw new FetchFailed(host, "its token cannot be read with this secret key; store it again");
    }
  }

  private static String checked(String host) {
    var url = HttpUrl.parse("https://" + host.strip() + "/");
    if (url == null
        || !url.username().isEmpty()
        || url.query() != null
        || url.fragment() != null
        || !url.encodedPath().equals("/")) {
      throw new InvalidInput(
          "host", "must be a host, such as models.example or models.example:8443");
    }
    return hostOf(url);
  }

  private static String hostOf(HttpUrl url) {
    var host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    return url.port() == HttpUrl.defaultPort("https") ? host : host + ":" + url.port();
  }

  private static String purpose(String host) {
    return "fetch " + host;
  }
}
