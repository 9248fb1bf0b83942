package io.witan;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.identity.SetupLinks;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContext;

/**
 * The people of a test installation, signed in through REST.
 *
 * <p>For tests annotated with {@link WholeApplication}; the first call sets the installation up.
 */
public final class Cast {
  public static final String PASSWORD = "correct horse 7 staple";
  private static final Map<ApplicationContext, Cast> CASTS = new HashMap<>();

  private final int port;
  private final ApiClient administrator;
  private final Map<String, ApiClient> people = new HashMap<>();
  private final Map<String, String> ids = new HashMap<>();

  private Cast(int port, String token) {
    this.port = port;
    this.administrator = ApiClient.browser(port);
    var me =
        administrator.post(
            "/api/v1/setup",
            Map.of(
                "token",
                token,
                "email",
                "ada@example.org",
                "displayName",
                "Ada",
                "password",
                PASSWORD));
    assertThat(me.status()).as(me.text()).isEqualTo(201);
    ids.put("ada", me.json().path("id").asString());
  }

  /** The cast of this context, with Ada as its administrator. */
  public static synchronized Cast of(ApplicationContext context) {
    return CASTS.computeIfAbsent(
        context,
        started ->
            new Cast(
                started.getEnvironment().getRequiredProperty("local.server.port", Integer.class),
                started.getBean(SetupLinks.class).issue().orElseThrow()));
  }

  public int port() {
    return port;
  }

  /** Ada, in a browser. */
  public ApiClient administrator() {
    return administrator;
  }

  /** A browser that nobody signed in with. */
  public ApiClient nobody() {
    return ApiClient.browser(port);
  }

  /** A member called this, in a browser; created when first asked for. */
  public synchronized ApiClient member(String name) {
    var known = people.get(name);
    if (known != null) {
      return known;
    }
    var created = invite(name, "MEMBER");
    ids.put(name, created.json().path("person").path("id").asString());
    var link = created.json().path("invitation").path("link").asString();
    var browser = ApiClient.browser(port);
    var accepted =
        browser.post(
            "/api/v1/invitations",
            Map.of("token", link.substring(link.indexOf('#') + 1), "password", PASSWORD));
    assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
    people.put(name, browser);
    return browser;
  }

  /** Creates a person who has not yet accepted. */
  public ApiClient.Answer invite(String name, String role) {
    var created =
        administrator.post(
            "/api/v1/people", Map.of("email", email(name), "displayName", name, "role", role));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    return created;
  }

  public static String email(String name) {
    return name + "@example.org";
  }

  /** The id of a person that was asked for before. */
  public String id(String name) {
    var id = ids.get(name);
    assertThat(id).as("id of " + name).isNotNull();
    return String.valueOf(id);
  }

  /** A program that acts as the person of this browser. */
  public ApiClient programOf(ApiClient browser) {
    var created = browser.post("/api/v1/me/api-keys", Map.of("name", "test"));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    return ApiClient.program(port, created.json().path("secret").asString());
  }
}
