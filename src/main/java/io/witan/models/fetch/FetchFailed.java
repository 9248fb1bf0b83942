package io.witan.models.fetch;

import io.witan.shared.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** The other side does not give the file. */
public final class FetchFailed extends Failure {
  private static final long serialVersionUID = 1L;

  FetchFailed(String host, String why) {
    super(
        "fetch-failed",
        Kind.UNAVAILABLE,
        "File cannot be fetched",
        "%s does not give the file: %s.".formatted(host, why));
  }

  /** After the last try. */
  public static FetchFailed of(String host, IOException cause) {
    return new FetchFailed(host, words(cause));
  }

  private static String words(IOException cause) {
    return switch (cause) {
      case ServerTrouble trouble -> "it answers with status " + trouble.status();
      case UnknownHostException unknown -> "its name is not known";
      case SocketTimeoutException late -> "it does not answer in time";
      case NoRouteToHostException none -> "there is no way to it";
      case ConnectException refused -> "it does not take the connection";
      case SSLException tls -> "no secure connection could be made; check its certificate";
      default -> "the connection broke off";
    };
  }
}
