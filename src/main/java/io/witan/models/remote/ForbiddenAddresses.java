package io.witan.models.remote;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

/**
 * Addresses that no remote generator can have: the machine's own or its cloud's business. Private
 * ones are allowed: that is where companies have their generators.
 */
final class ForbiddenAddresses {
  /** Metadata services outside of the link-local ranges. */
  private static final Set<InetAddress> METADATA =
      Set.of(
          literal("100.100.100.200"),
          literal("168.63.129.16"),
          literal("192.0.0.192"),
          literal("fd00:ec2::254"),
          literal("fd20:ce::254"));

  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
  private static final byte[] IPV4_COMPATIBLE = new byte[12];

  private ForbiddenAddresses() {}

  private static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * @throws AddressRefused if nothing of ours may connect to it
   */
  static void refuseForbidden(InetAddress address) {
    if (address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || METADATA.contains(address)
        || isBroadcastOrNone(address)) {
      throw new AddressRefused(address.getHostAddress());
    }
    if (address instanceof Inet6Address) {
      refuseInner(address);
    }
  }

  private static boolean isBroadcastOrNone(InetAddress address) {
    var bytes = address.getAddress();
    return address instanceof Inet4Address && (bytes[0] == 0 || (bytes[0] & 0xf0) == 0xf0);
  }

  /** What a translator would make of it. */
  private static void refuseInner(InetAddress address) {
    var bytes = address.getAddress();
    var head = Arrays.copyOf(bytes, 12);
    boolean embeds = Arrays.equals(head, NAT64) || Arrays.equals(head, IPV4_COMPATIBLE);
    boolean isLoopback = address.isLoopbackAddress();
    if (embeds && !isLoopback) {
      refuseBytes(Arrays.copyOfRange(bytes, 12, 16));
    } else if (bytes[0] == 0x20 && bytes[1] == 0x02) {
      refuseBytes(Arrays.copyOfRange(bytes, 2, 6)); // 6to4
    }
  }

  private static void refuseBytes(byte[] ipv4) {
    try {
      refuseForbidden(InetAddress.getByAddress(ipv4));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
