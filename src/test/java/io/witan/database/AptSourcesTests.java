package io.witan.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of apt's configured archives pgvector may be taken from. */
class AptSourcesTests {
  @TempDir private Path apt = Path.of("");

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectory(apt.resolve("sources.list.d"));
  }

  @Test
  void readsTheFormWithFields() throws IOException {
    Files.writeString(
        apt.resolve("sources.list.d/debian.sources"),
        """
        Types: deb deb-src
        # a comment
        URIs: http://mirror.example/debian
        Suites: bookworm bookworm-updates
        Components: main contrib
        Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

        Types: deb
        URIs: http://mirror.example/debian-security
        Suites: bookworm-security
        Components: main

        Enabled: no
        Types: deb
        URIs: http://off.example/debian
        Suites: bookworm
        Components: main

        Types: deb
        URIs: https://packages.example/tools
        Suites: nodistro
        Components: main
        """);

    assertThat(AptSources.debian(apt))
        .containsExactly(
            new AptSources.Archive(
                "http://mirror.example/debian",
                Optional.of("/usr/share/keyrings/debian-archive-keyring.gpg")));
  }

  @Test
  void readsTheFormOfOneLine() throws IOException {
    Files.writeString(
        apt.resolve("sources.list"),
        """
        # deb http://commented.example/debian bookworm main
        deb [arch=amd64 signed-by=/etc/apt/keyrings/d.gpg trusted=yes] http://a.example/debian bookworm main
        deb http://a.example/debian bookworm-updates main
        deb-src http://a.example/debian bookworm main
        deb http://security.debian.org/debian-security bookworm-security main
        """);
    Files.writeString(
        apt.resolve("sources.list.d/more.list"), "deb http://b.example/debian stable main\n");

    assertThat(AptSources.debian(apt))
        .containsExactly(
            new AptSources.Archive(
                "http://a.example/debian", Optional.of("/etc/apt/keyrings/d.gpg")),
            new AptSources.Archive("http://b.example/debian", Optional.empty()));
  }

  @Test
  void asksForTheOtherSuiteWithTheSameKeyAndNeverTrustsBlindly() {
    var archive = new AptSources.Archive("http://a.example/debian", Optional.of("/k.gpg"));

    assertThat(archive.source("trixie"))
        .isEqualTo(
            """
            Types: deb
            URIs: http://a.example/debian
            Suites: trixie
            Components: main
            Signed-By: /k.gpg
            """);
  }
}
