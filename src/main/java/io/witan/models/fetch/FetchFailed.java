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
    this("%s does not give the file: %s.".formatted(host, why));
  }

  private FetchFailed(String detail) {
    super("fetch-failed", Kind.UNAVAILABLE, "File cannot be fetched", detail);
  }

  /** Of one of several files. */
  public static FetchFailed ofPart(String fileName, FetchFailed failed) {
    return new FetchFailed(fileName + ": " + failed.detail());
  }

  /** It is on its way already, on this machine. */
  public static FetchFailed elsewhere(String host) {
    return new FetchFailed(host, "another process is fetching it");
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
