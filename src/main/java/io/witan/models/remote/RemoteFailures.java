package io.witan.models.remote;

import com.openai.errors.OpenAIServiceException;
import io.witan.models.generation.GeneratorOverloaded;
import io.witan.shared.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with a remote generator in words that people can act on. */
record RemoteFailures(String host, String model) {
  private static final int MOST_SAID = 300;
  private static final long LONGEST_RETRY = 300;
  private static final long USUAL_RETRY = 5;

  /**
   * @param begun whether a part of the answer had come
   */
  Failure of(Throwable cause, boolean begun) {
    @Nullable IOException io = null;
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof Failure known) {
        return known;
      }
      if (each instanceof OpenAIServiceException answered) {
        return answered(answered);
      }
      if (each instanceof IOException found) {
        io = found;
      }
    }
    if (begun) {
      return new RemoteBrokeOff(host);
    }
    return io == null
        ? new RemoteRefused(host, "its answer is not what an OpenAI-compatible API says")
        : new RemoteUnreachable(host, words(io));
  }

  private Failure answered(OpenAIServiceException answer) {
    int status = answer.statusCode();
    return switch (status) {
      case 401, 403 -> new RemoteUnauthorised(host);
      case 404 -> new RemoteModelUnknown(host, model);
      case 429, 503 -> new GeneratorOverloaded(Duration.ofSeconds(retryAfter(answer)));
      case 301, 302, 303, 307, 308 ->
          new RemoteUnreachable(host, "it redirects to another address, which is not followed");
      default -> new RemoteRefused(host, said(status, String.valueOf(answer.getMessage())));
    };
  }

  private static long retryAfter(OpenAIServiceException answer) {
    return answer.headers().values("Retry-After").stream()
        .filter(it -> it.matches("\\d{1,9}"))
        .mapToLong(Long::parseLong)
        .map(it -> Math.clamp(it, 1, LONGEST_RETRY))
        .findFirst()
        .orElse(USUAL_RETRY);
  }

  private static String said(int status, String message) {
    var line = message.replaceAll("\\p{Cntrl}+", " ").strip();
    var cut = line.length() > MOST_SAID ? line.substring(0, MOST_SAID) + "…" : line;
    return cut.startsWith("" + status) ? cut : status + ": " + cut;
  }

  private static String words(IOException cause) {
    return switch (cause) {
      case UnknownHostException unknown -> "its name is not known";
      case SocketTimeoutException late -> "it does not answer in time";
      case NoRouteToHostException none -> "there is no way to it";
      case ConnectException refused -> "it does not take the connection";
      case SSLException tls -> "no secure connection could be made; check its certificate";
      default -> "the connection broke off";
    };
  }
}
