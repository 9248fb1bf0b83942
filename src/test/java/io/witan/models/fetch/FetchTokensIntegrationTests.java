package io.witan.models.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.WholeApplication;
import io.witan.shared.InvalidInput;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@WholeApplication
class FetchTokensIntegrationTests {
  @Autowired private FetchTokens tokens;
  @Autowired private JdbcClient jdbc;

  @Test
  void aTokenIsSealedAndForItsHostOnly() {
    assertThat(tokens.store(null, "Hub.Example", "hf_first").host()).isEqualTo("hub.example");
    tokens.store(null, "hub.example:443", "hf_secret_42");
    tokens.store(null, "hub.example:8443", "hf_other_port");

    assertThat(tokens.all())
        .extracting(FetchToken::host)
        .contains("hub.example", "hub.example:8443");
    assertThat(tokens.find(HttpUrl.get("https://hub.example/a/b"))).isEqualTo("hf_secret_42");
    assertThat(tokens.find(HttpUrl.get("https://hub.example:8443/"))).isEqualTo("hf_other_port");
    assertThat(tokens.find(HttpUrl.get("https://cdn.hub.example/"))).isNull();
    assertThat(tokens.find(HttpUrl.get("http://hub.example/"))).isNull();
    assertThat(
            jdbc.sql("select encode(sealed_token, 'escape') from models.fetch_token")
                .query(String.class)
                .list())
        .isNotEmpty()
        .noneMatch(stored -> stored.contains("hf_"));
    assertThat(
            jdbc.sql("select facts::text from operations.audit_entry where action = :action")
                .param("action", "fetch-token-stored")
                .query(String.class)
                .list())
        .isNotEmpty()
        .noneMatch(facts -> facts.contains("hf_"));
    assertThat(tokens.remove(null, "hub.example")).isTrue();
    assertThat(tokens.remove(null, "hub.example")).isFalse();
    assertThat(tokens.find(HttpUrl.get("https://hub.example/"))).isNull();
  }

  @Test
  void aRowThatWasMovedToAnotherHostGivesNothingAway() {
    tokens.store(null, "one.example", "hf_moved");
    jdbc.sql("update models.fetch_token set host = 'two.example' where host = 'one.example'")
        .update();

    assertThatThrownBy(() -> tokens.find(HttpUrl.get("https://two.example/")))
        .isInstanceOf(FetchFailed.class);
    tokens.remove(null, "two.example");
  }

  @Test
  void refusesWhatIsNoHostOrNoToken() {
    assertThatThrownBy(() -> tokens.store(null, "https://hub.example", "hf"))
        .isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> tokens.store(null, "hub.example/path", "hf"))
        .isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> tokens.store(null, "hub.example", "two words"))
        .isInstanceOf(InvalidInput.class);
  }
}
