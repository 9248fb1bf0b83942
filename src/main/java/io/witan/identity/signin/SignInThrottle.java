package io.witan.identity.signin;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import io.witan.identity.Secrets;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * Slows down guessing of passwords without letting a stranger lock an account.
 *
 * <p>Failures are counted per network address and per address and account together, never per
 * account alone: whoever guesses from elsewhere does not keep the owner out. A try is paid for
 * before the password is checked, so that parallel tries do not slip through, and given back when
 * it succeeds.
 */
@Component
class SignInThrottle {
  private static final int CLEAN_EVERY = 200;
  private static final BucketConfiguration PER_ADDRESS = limit(60, Duration.ofMinutes(10));
  private static final BucketConfiguration PER_ACCOUNT = limit(8, Duration.ofMinutes(8));

  private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;
  private final AtomicInteger tries = new AtomicInteger();

  SignInThrottle(DataSource dataSource) {
    this.buckets =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(dataSource)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .table("identity.throttle")
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(
                    Duration.ofMinutes(1)))
            .build();
  }

  /** One try that was paid for. */
  static final class Try {
    private final List<BucketProxy> paid;

    private Try(List<BucketProxy> paid) {
      this.paid = paid;
    }

    /** Gives the try back; later failures count as if it had not been. */
    void succeeded() {
      paid.forEach(bucket -> bucket.addTokens(1));
    }
  }

  /**
   * Pays for one try.
   *
   * @param account what is guessed at: an e-mail or a person's id
   * @throws TooManyAttempts if this address has none left, for this account or at all
   */
  Try begin(String address, String account) {
    var network = networkOf(address);
    var byAccount =
        bucket("account " + network + " " + account.strip().toLowerCase(Locale.ROOT), PER_ACCOUNT);
    pay(byAccount);
    var byAddress = payFor(network);
    return new Try(List.of(byAccount, byAddress));
  }

  /**
   * Pays for one try with a one-time token, which belongs to no account before it is known.
   *
   * @throws TooManyAttempts if this address has none left
   */
  Try begin(String address) {
    return new Try(List.of(payFor(networkOf(address))));
  }

  private BucketProxy payFor(String network) {
    if (tries.incrementAndGet() % CLEAN_EVERY == 0) {
      buckets.removeExpired(1000);
    }
    var byAddress = bucket("address " + network, PER_ADDRESS);
    pay(byAddress);
    return byAddress;
  }

  private static void pay(BucketProxy bucket) {
    var probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw new TooManyAttempts(Duration.ofNanos(probe.getNanosToWaitForRefill()).plusSeconds(1));
    }
  }

  private BucketProxy bucket(String what, BucketConfiguration limit) {
    return buckets.getProxy(HexFormat.of().formatHex(Secrets.hash(what)), () -> limit);
  }

  /** An IPv6 customer has at least a /64, so its addresses count as one. */
  private static String networkOf(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      var parsed = InetAddress.ofLiteral(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), 8))
          : parsed.getHostAddress();
    } catch (IllegalArgumentException notAnAddress) {
      return address;
    }
  }

  private static BucketConfiguration limit(long tries, Duration period) {
    return BucketConfiguration.builder()
        .addLimit(Bandwidth.builder().capacity(tries).refillGreedy(tries, period).build())
        .build();
  }
}
