package io.witan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Naming the process that has a port. */
class PortOwnerTests {
  @Test
  void namesTheProcessThatListens() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/net/tcp")), "needs Linux");
    var loopback = InetAddress.getByName("127.0.0.1");
    try (var socket = new ServerSocket(0, 1, loopback)) {
      int port = socket.getLocalPort();

      assertThat(PortOwner.isFree(loopback, port)).isFalse();
      assertThat(PortOwner.of(port))
          .hasValueSatisfying(
              owner ->
                  assertThat(owner).startsWith("process " + ProcessHandle.current().pid() + " ("));
    }
  }
}
