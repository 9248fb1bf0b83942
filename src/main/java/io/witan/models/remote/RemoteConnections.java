package io.witan.models.remote;

import com.openai.client.OpenAIClientAsyncImpl;
import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import com.openai.core.LogLevel;
import io.witan.models.generation.GeneratorInfo;
import io.witan.models.network.CheckedSockets;
import io.witan.models.network.KeySeal;
import io.witan.models.springai.ChatModelGenerator;
import io.witan.models.springai.ChatModelGenerator.Connection;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.stereotype.Component;

/**
 * Makes generators of remote ones. Nothing is connected, and no thread runs, before one is asked.
 * Redirections are not followed, no proxy is used, and nothing is tried twice.
 */
@Component
class RemoteConnections implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int MOST_CALLS = 1_024;
  private final KeySeal seal;
  private final RemoteSettings settings;
  private final Clock clock;
  private @Nullable Opened opened;

  RemoteConnections(KeySeal seal, RemoteSettings settings, Clock clock) {
    this.seal = seal;
    this.settings = settings;
    this.clock = clock;
  }

  /** What all connections share. */
  private record Opened(OkHttpClient http, ClientOptions options, ExecutorService threads) {}

  private synchronized Opened opened() {
    var present = opened;
    if (present == null) {
      present = open();
      opened = present;
    }
    return present;
  }

  private Opened open() {
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    var dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(MOST_CALLS);
    dispatcher.setMaxRequestsPerHost(MOST_CALLS);
    var http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .socketFactory(new CheckedSockets(ForbiddenAddresses::refuseForbidden))
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(CONNECT)
            .readTimeout(Duration.ZERO) // the request's own limit
            .build();
    var options =
        ClientOptions.builder()
            .httpClient(new RemoteHttp(http, null))
            .apiKey("none") // RemoteHttp sends the key, this library never has it
            .maxRetries(0)
            .logLevel(LogLevel.OFF)
            .streamHandlerExecutor(threads)
            .clock(clock)
            .build();
    return new Opened(http, options, threads);
  }

  /** A generator that asks the remote one; its key is read when it is first asked. */
  ChatModelGenerator generator(RemoteRepository.Row row) {
    var info =
        new GeneratorInfo(
            row.id().toString(),
            row.name(),
            false,
            row.contextTokens(),
            true,
            row.address().host());
    return new ChatModelGenerator(
        info,
        () -> connect(row),
        request -> RemoteOptions.of(row.model(), request),
        new RemoteFailures(row.address().host(), row.model())::of,
        new ChatModelGenerator.Limits(
            settings.running(), settings.queued(), settings.queuedPerOwner()),
        true);
  }

  private Connection connect(RemoteRepository.Row row) {
    var shared = opened();
    var http = new RemoteHttp(shared.http(), key(row));
    var options =
        shared.options().toBuilder().httpClient(http).baseUrl(row.address().toString()).build();
    var model =
        OpenAiChatModel.builder()
            .openAiClient(new OpenAIClientImpl(options))
            .openAiClientAsync(new OpenAIClientAsyncImpl(options))
            .build();
    return new Connection(model, http::breakOff);
  }

  /** What its key is sealed for. */
  static String purpose(UUID generator, RemoteAddress address) {
    return generator + " " + address;
  }

  private @Nullable String key(RemoteRepository.Row row) {
    var sealed = row.sealedKey();
    if (sealed == null) {
      return null;
    }
    try {
      return seal.open(sealed, purpose(row.id(), row.address()));
    } catch (GeneralSecurityException | IllegalStateException unreadable) {
      throw new RemoteKeyUnreadable(row.name());
    }
  }

  @Override
  public synchronized void close() {
    var present = opened;
    opened = null;
    if (present != null) {
      present.http().dispatcher().cancelAll();
      present.http().connectionPool().evictAll();
      present.options().close();
      present.threads().close();
    }
  }
}
