package io.witan.models.network;

import io.witan.shared.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import javax.net.SocketFactory;

/**
 * Sockets whose address is checked when they connect, so that what a name meant a moment ago does
 * not matter. A refusal is the cause of the {@link IOException}.
 */
public final class CheckedSockets extends SocketFactory {
  private final Consumer<InetAddress> check;

  /**
   * @param check throws a {@link Failure} for an address that nothing may connect to
   */
  public CheckedSockets(Consumer<InetAddress> check) {
    this.check = check;
  }

  /** A socket that looks where it goes. */
  private final class Checked extends Socket {
    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress internet) || internet.getAddress() == null) {
        throw new UnknownHostException("no address");
      }
      try {
        check.accept(internet.getAddress());
      } catch (Failure refused) {
        throw new IOException(refused);
      }
      super.connect(endpoint, timeout);
    }
  }

  @Override
  public Socket createSocket() {
    return new Checked();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  private Socket connected(InetSocketAddress address) throws IOException {
    var socket = new Checked();
    socket.connect(address, 0);
    return socket;
  }
}
