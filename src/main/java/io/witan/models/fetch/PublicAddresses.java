package io.witan.models.fetch;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses belong to machines of the internet: those that IANA's registries of special
 * addresses call globally reachable. Everything else is this machine, its network or its cloud.
 */
final class PublicAddresses {
  private static final int IPV4_BYTES = 4;
  private static final int TAIL = 12;

  private static final List<Block> NOT_PUBLIC_IPV4 =
      List.of(
          Block.of(8, 0), // this network
          Block.of(8, 10), // private
          Block.of(10, 100, 64), // shared by a provider's customers
          Block.of(8, 127), // loopback
          Block.of(32, 168, 63, 129, 16), // metadata of Azure
          Block.of(16, 169, 254), // link-local, metadata of clouds
          Block.of(12, 172, 16), // private
          Block.of(24, 192, 0, 0), // protocol assignments, metadata of Oracle
          Block.of(24, 192, 0, 2), // documentation
          Block.of(24, 192, 88, 99), // relays, no longer
          Block.of(16, 192, 168), // private
          Block.of(15, 198, 18), // benchmarks
          Block.of(24, 198, 51, 100), // documentation
          Block.of(24, 203, 0, 113), // documentation
          Block.of(4, 224), // multicast
          Block.of(4, 240)); // reserved, broadcast

  /** Of IPv6 only this is given to machines of the internet… */
  private static final Block GLOBAL_IPV6 = Block.of(3, 0x20);

  /** …but for these. */
  private static final List<Block> NOT_PUBLIC_IPV6 =
      List.of(
          Block.of(23, 0x20, 0x01, 0), // protocol assignments, Teredo
          Block.of(32, 0x20, 0x01, 0x0d, 0xb8), // documentation
          Block.of(16, 0x20, 0x02), // 6to4: whatever IPv4 address is in it
          Block.of(20, 0x3f, 0xff, 0)); // documentation

  private static final Block IPV4_MAPPED = Block.of(96, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
  private static final Block NAT64 = Block.of(96, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0);

  private PublicAddresses() {}

  /** The addresses whose first bits are these. */
  private record Block(int bits, byte[] start) {
    static Block of(int bits, int... start) {
      var bytes = new byte[Math.max(start.length, Math.ceilDiv(bits, Byte.SIZE))];
      for (int i = 0; i < start.length; i++) {
        bytes[i] = (byte) start[i];
      }
      return new Block(bits, bytes);
    }

    boolean has(byte[] address) {
      int whole = bits / Byte.SIZE;
      if (!Arrays.equals(address, 0, whole, start, 0, whole)) {
        return false;
      }
      int mask = 0xff00 >> (bits % Byte.SIZE) & 0xff;
      return mask == 0 || (address[whole] & mask) == (start[whole] & mask);
    }
  }

  static boolean has(InetAddress address) {
    return has(address.getAddress());
  }

  /** The same for the 4 or 16 bytes of an address; one that carries another is judged by that. */
  static boolean has(byte[] address) {
    if (address.length == IPV4_BYTES) {
      return NOT_PUBLIC_IPV4.stream().noneMatch(block -> block.has(address));
    }
    if (IPV4_MAPPED.has(address) || NAT64.has(address)) {
      return has(Arrays.copyOfRange(address, TAIL, address.length));
    }
    return GLOBAL_IPV6.has(address)
        && NOT_PUBLIC_IPV6.stream().noneMatch(block -> block.has(address));
  }
}
