package io.witan.models.remote;

import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpResponse;
import com.openai.errors.OpenAIIoException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one request, which can be broken off at any moment, also before the remote has said
 * anything. Sends what the protocol needs and nothing about this machine.
 */
final class RemoteHttp implements HttpClient {
  private final OkHttpClient client;
  private final @Nullable String key;
  private final Set<Call> calls = ConcurrentHashMap.newKeySet();
  private volatile boolean isBrokenOff;

  RemoteHttp(OkHttpClient client, @Nullable String key) {
    this.client = client;
    this.key = key;
  }

  /** Closes the connection that is in use. */
  void breakOff() {
    isBrokenOff = true;
    calls.forEach(Call::cancel);
  }

  @Override
  public HttpResponse execute(HttpRequest request, RequestOptions options) {
    try {
      return new Answered(call(request).execute());
    } catch (IOException failed) {
      throw new OpenAIIoException("request failed", failed);
    }
  }

  @Override
  public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
    var answer = new CompletableFuture<HttpResponse>();
    call(request)
        .enqueue(
            new Callback() {
              @Override
              public void onResponse(Call call, Response response) {
                answer.complete(new Answered(response));
              }

              @Override
              public void onFailure(Call call, IOException failure) {
                answer.completeExceptionally(new OpenAIIoException("request failed", failure));
              }
            });
    return answer;
  }

  private Call call(HttpRequest request) {
    var call = client.newCall(translated(request));
    calls.add(call);
    if (isBrokenOff) {
      call.cancel();
    }
    return call;
  }

  private Request translated(HttpRequest request) {
    var built = new Request.Builder().url(request.url()).header("User-Agent", "Witan");
    built.header("Accept", String.join(", ", request.headers().values("Accept")));
    if (key != null) {
      built.header("Authorization", "Bearer " + key);
    }
    var body = request.body();
    if (body == null) {
      return built.method(request.method().name(), null).build();
    }
    try (body) {
      var bytes = new ByteArrayOutputStream();
      body.writeTo(bytes);
      var type = body.contentType();
      var media = type == null ? null : MediaType.parse(type);
      return built
          .method(request.method().name(), RequestBody.create(bytes.toByteArray(), media))
          .build();
    }
  }

  @Override
  public void close() {
    breakOff();
  }

  /** What came back. */
  private record Answered(Response response) implements HttpResponse {
    @Override
    public int statusCode() {
      return response.code();
    }

    @Override
    public Headers headers() {
      var headers = Headers.builder();
      response.headers().forEach(each -> headers.put(each.getFirst(), each.getSecond()));
      return headers.build();
    }

    @Override
    public InputStream body() {
      var body = Objects.requireNonNull(response.body());
      var type = body.contentType();
      boolean isStream = type != null && type.subtype().equals("event-stream");
      return isStream ? new WholeStream(body.byteStream()) : body.byteStream();
    }

    @Override
    public void close() {
      response.close();
    }
  }
}
