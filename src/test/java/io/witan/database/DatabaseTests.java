package io.witan.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** URLs that carry a role. */
class DatabaseTests {
  @Test
  void addsTheRoleToWhateverTheUrlHas() {
    assertThat(new Database("jdbc:postgresql://h/d", "u", "p").appUrl())
        .isEqualTo("jdbc:postgresql://h/d?options=-c%20role%3Dwitan_app");
    assertThat(
            new Database("jdbc:postgresql://h/d?options=-c%20a%3Db&ssl=true", "u", "p").ownerUrl())
        .isEqualTo("jdbc:postgresql://h/d?ssl=true&options=-c%20a%3Db%20-c%20role%3Dwitan_owner");
  }

  @Test
  void keepsThePasswordOutOfItsText() {
    assertThat(new Database("jdbc:postgresql://h/d", "u", "very-secret").toString())
        .doesNotContain("very-secret");
  }
}
