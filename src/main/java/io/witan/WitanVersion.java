package io.witan;

import picocli.CommandLine.IVersionProvider;

/** Reads the version from the jar that this program was started from. */
final class WitanVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = WitanVersion.class.getPackage().getImplementationVersion();
    return new String[] {"witan " + (version == null ? "(development)" : version)};
  }
}
