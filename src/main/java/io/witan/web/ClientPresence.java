package io.witan.web;

import io.witan.shared.RequestClient;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Lets long requests find out that their client has gone, although nothing is written to it yet.
 * Servlets have no word for that, so Tomcat is asked to look for the end of the connection behind
 * the request's body. Somebody who only closes the sending half of a connection counts as gone.
 */
@Component
class ClientPresence implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addEngineValves(new Watch());
  }

  private static final class Watch extends ValveBase {
    private Watch() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      request.setAttribute(RequestClient.ATTRIBUTE, new Connection(request.getCoyoteRequest()));
      getNext().invoke(request, response);
    }
  }

  /** One connection during one request. */
  private static final class Connection implements RequestClient {
    private static final long EVERY_NANOS = 50_000_000;

    private final org.apache.coyote.Request request;
    private long askedAt;
    private boolean asked;
    private boolean gone;

    private Connection(org.apache.coyote.Request request) {
      this.request = request;
    }

    @Override
    public boolean isGone() {
      long now = System.nanoTime();
      if (!gone && (!asked || now - askedAt >= EVERY_NANOS)) {
        asked = true;
        askedAt = now;
        // the end shows as one byte each time, a next request that is sent already only once
        gone = available() == 1;
        gone = gone && available() == 1;
      }
      return gone;
    }

    private int available() {
      request.setAvailable(0);
      request.action(ActionCode.AVAILABLE, true);
      return request.getAvailable();
    }
  }
}
