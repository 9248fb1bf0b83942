package io.witan.models.residency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of containers, as the kernel shows them. */
class ContainerMemoryTests {
  @TempDir private Path folder;

  private long available(String own) throws IOException {
    var groups = Files.writeString(folder.resolve("own"), own);
    return ContainerMemory.available(folder.resolve("mounted"), groups);
  }

  private void group(String path, String limit, String used, String statistics) throws IOException {
    boolean second = !path.startsWith("memory");
    var group = Files.createDirectories(folder.resolve("mounted").resolve(path));
    Files.writeString(group.resolve(second ? "memory.max" : "memory.limit_in_bytes"), limit);
    Files.writeString(group.resolve(second ? "memory.current" : "memory.usage_in_bytes"), used);
    Files.writeString(group.resolve("memory.stat"), statistics);
  }

  @Test
  void versionTwoInItsOwnNamespace() throws IOException {
    group("", "1000\n", "700\n", "anon 500\nactive_file 60\ninactive_file 40\n");

    assertThat(available("0::/\n")).isEqualTo(400);
    // a path outside of what is shown here
    assertThat(available("0::/system.slice/docker-1.scope\n")).isEqualTo(400);
  }

  @Test
  void theTightestOfTheGroupsAroundCounts() throws IOException {
    group("kube", "1000", "900", "inactive_file 0\n");
    group("kube/pod", "max", "500", "inactive_file 0\n");
    group("kube/pod/witan", "800", "500", "inactive_file 0\n");

    assertThat(available("0::/kube/pod/witan\n")).isEqualTo(100);
  }

  @Test
  void versionOne() throws IOException {
    group("memory", "9223372036854771712", "5000", "total_inactive_file 7\n");
    group("memory/witan", "1000", "900", "inactive_file 1\ntotal_inactive_file 30\n");

    assertThat(available("5:cpu,cpuacct:/x\n4:memory:/witan\n0::/\n")).isEqualTo(130);
  }

  @Test
  void withoutGroupsNothingIsLimited() throws IOException {
    assertThat(available("")).isEqualTo(Long.MAX_VALUE);
    assertThat(ContainerMemory.available(folder, folder.resolve("none"))).isEqualTo(Long.MAX_VALUE);
  }
}
