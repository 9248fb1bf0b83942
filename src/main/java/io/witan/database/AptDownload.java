package io.witan.database;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Fetches one package of another Debian suite into a private folder, with apt's own transport,
 * proxies and signature checks, and without touching the system's lists, caches or packages.
 */
final class AptDownload {
  private AptDownload() {}

  /**
   * Fetches a package.
   *
   * @param work an empty directory to work in
   * @return the package file
   * @throws IOException if it cannot be had; the message holds what apt said
   */
  static Path fetch(AptSources.Archive archive, String suite, String name, Path work)
      throws IOException {
    // apt's own unprivileged downloader must be able to enter
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String directory :
        List.of("sources", "state", "lists/partial", "cache/archives/partial", "out")) {
      Files.createDirectories(work.resolve(directory));
    }
    Files.writeString(work.resolve("status"), "");
    Files.writeString(work.resolve("sources/witan.sources"), archive.source(suite));
    Path configuration = work.resolve("apt.conf");
    Files.writeString(configuration, configuration(work));
    apt(work, List.of("apt-get", "-c", configuration.toString(), "-q", "update"));
    apt(work, List.of("apt-get", "-c", configuration.toString(), "-q", "download", name));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(work.resolve("out"), "*.deb")) {
      for (Path file : files) {
        return file;
      }
    }
    throw new IOException("apt-get download left no file for " + name);
  }

  private static void apt(Path work, List<String> command) throws IOException {
    var outcome = Commands.run(command, work.resolve("out"));
    if (!outcome.ok()) {
      throw new IOException(outcome.output());
    }
  }

  /** Read after the system's own settings: it keeps proxies, drops hooks, moves every folder. */
  private static String configuration(Path work) {
    return """
        #clear APT::Update::Pre-Invoke;
        #clear APT::Update::Post-Invoke;
        #clear APT::Update::Post-Invoke-Success;
        #clear DPkg::Post-Invoke;
        APT::Update::Error-Mode "any";
        APT::Get::AllowUnauthenticated "false";
        Acquire::AllowInsecureRepositories "false";
        Acquire::AllowDowngradeToInsecureRepositories "false";
        Acquire::Languages "none";
        Acquire::Retries "2";
        Dir::Etc::sourcelist "/dev/null";
        Dir::Etc::sourceparts "%1$s/sources";
        Dir::Etc::preferences "/dev/null";
        Dir::Etc::preferencesparts "/dev/null";
        Dir::State "%1$s/state";
        Dir::State::lists "%1$s/lists";
        Dir::State::status "%1$s/status";
        Dir::Cache "%1$s/cache";
        Dir::Cache::archives "%1$s/cache/archives";
        """
        .formatted(work);
  }
}
