package io.witan;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds out who listens on a port that we want, so that the message can name it. */
final class PortOwner {
  private static final Path PROCESSES = Path.of("/proc");

  /** The state of a listening socket in {@code /proc/net/tcp}. */
  private static final String LISTENING = "0A";

  private PortOwner() {}

  /** Whether the port can be taken on the address. */
  static boolean isFree(InetAddress address, int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The process that listens on a port.
   *
   * @return such as {@code "process 4711 (java)"}; empty where the system does not tell us
   */
  static Optional<String> of(int port) {
    Set<String> sockets = new HashSet<>();
    sockets.addAll(listeningSockets(PROCESSES.resolve("net/tcp"), port));
    sockets.addAll(listeningSockets(PROCESSES.resolve("net/tcp6"), port));
    if (sockets.isEmpty()) {
      return Optional.empty();
    }
    return ProcessHandle.allProcesses()
        .filter(process -> holds(process.pid(), sockets))
        .findFirst()
        .map(process -> "process " + process.pid() + name(process));
  }

  private static String name(ProcessHandle process) {
    return process.info().command().map(command -> " (" + command + ")").orElse("");
  }

  private static Set<String> listeningSockets(Path table, int port) {
    var sockets = new HashSet<String>();
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    try {
      for (String line : Files.readAllLines(table)) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTENING)) {
          sockets.add("socket:[" + fields[9] + "]");
        }
      }
    } catch (IOException e) {
      return Set.of(); // not Linux
    }
    return sockets;
  }

  private static boolean holds(long pid, Set<String> sockets) {
    Path descriptors = PROCESSES.resolve(pid + "/fd");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(descriptors)) {
      for (Path file : files) {
        if (sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // somebody else's process, or it just ended
    }
  }
}
