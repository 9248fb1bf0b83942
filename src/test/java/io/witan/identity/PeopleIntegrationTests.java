package io.witan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.ApiClient;
import io.witan.Cast;
import io.witan.WholeApplication;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@WholeApplication
class PeopleIntegrationTests {
  private final Cast cast;
  private final JdbcClient jdbc;

  PeopleIntegrationTests(@Autowired ApplicationContext context, @Autowired JdbcClient jdbc) {
    this.cast = Cast.of(context);
    this.jdbc = jdbc;
  }

  @Test
  void deactivationEndsSessionsAndKeysAtOnceAndForGood() {
    var browser = cast.member("henry");
    var program = cast.programOf(browser);
    var path = "/api/v1/people/" + cast.id("henry");

    var off = cast.administrator().patch(path, Map.of("active", false));
    var byBrowser = browser.get("/api/v1/session").status();
    var byProgram = program.get("/api/v1/session").status();
    cast.administrator().patch(path, Map.of("active", true));

    assertThat(off.json().path("active").asBoolean()).isFalse();
    assertThat(byBrowser).isEqualTo(401);
    assertThat(byProgram).isEqualTo(401);
    assertThat(browser.get("/api/v1/session").status()).isEqualTo(401);
    assertThat(program.get("/api/v1/session").status()).isEqualTo(401);
  }

  @Test
  void aRoleCountsFromTheNextRequestOn() {
    var browser = cast.member("irma");
    var path = "/api/v1/people/" + cast.id("irma");

    var asMember = browser.get("/api/v1/people").status();
    cast.administrator().patch(path, Map.of("role", "ADMINISTRATOR"));
    var asAdministrator = browser.get("/api/v1/people").status();
    cast.administrator().patch(path, Map.of("role", "MEMBER"));
    var again = browser.get("/api/v1/people");

    assertThat(asMember).isEqualTo(403);
    assertThat(asAdministrator).isEqualTo(200);
    assertThat(again.status()).isEqualTo(403);
    assertThat(again.code()).isEqualTo("not-allowed");
  }

  @Test
  void keepsTheLastAdministrator() {
    var path = "/api/v1/people/" + cast.id("ada");

    var demoted = cast.administrator().patch(path, Map.of("role", "MEMBER"));
    var deactivated = cast.administrator().patch(path, Map.of("active", false));

    assertThat(List.of(demoted.code(), deactivated.code())).containsOnly("last-administrator");
    assertThat(cast.administrator().get("/api/v1/people").status()).isEqualTo(200);
  }

  @Test
  void membersCannotMakeThemselvesMore() {
    var browser = cast.member("judy");
    var wanted = new HashMap<String, Object>();
    wanted.put("displayName", "Judy");
    wanted.put("role", "ADMINISTRATOR");
    wanted.put("active", true);
    wanted.put("id", cast.id("ada"));

    var changed = browser.patch("/api/v1/me", wanted);

    assertThat(changed.json().path("displayName").asString()).isEqualTo("Judy");
    assertThat(changed.json().path("role").asString()).isEqualTo("MEMBER");
    assertThat(changed.json().path("id").asString()).isEqualTo(cast.id("judy"));
  }

  @Test
  void anInvitationWorksOnceAndOnlyTheNewest() {
    var first = cast.invite("kate", "MEMBER").json();
    var id = first.path("person").path("id").asString();
    var second = cast.administrator().post("/api/v1/people/" + id + "/invitation", Map.of());

    var withFirst = accept(first.path("invitation").path("link").asString());
    var withSecond = accept(second.json().path("link").asString());
    var again = accept(second.json().path("link").asString());

    assertThat(withFirst.status()).isEqualTo(410);
    assertThat(withFirst.code()).isEqualTo("invitation-expired");
    assertThat(withSecond.status()).isEqualTo(200);
    assertThat(again.status()).isEqualTo(410);
  }

  @Test
  void aWeakPasswordDoesNotUseTheInvitationUp() {
    var link = cast.invite("leo", "MEMBER").json().path("invitation").path("link").asString();

    var weak =
        Stream.of("short", "leo@example.org", "password1234", "aaaaaaaaaaaa")
            .map(password -> accept(link, password).code())
            .toList();
    var strong = accept(link);

    assertThat(weak).containsOnly("password-too-weak");
    assertThat(strong.status()).as(strong.text()).isEqualTo(200);
  }

  @Test
  void changingThePasswordEndsTheOtherSessions() {
    var here = cast.member("mike");
    var there = cast.nobody();
    signIn(there, "mike", Cast.PASSWORD);

    var wrong =
        here.post(
            "/api/v1/me/password",
            Map.of("currentPassword", "wrong", "newPassword", "another good 1 phrase"));
    var changed =
        here.post(
            "/api/v1/me/password",
            Map.of("currentPassword", Cast.PASSWORD, "newPassword", "another good 1 phrase"));

    assertThat(wrong.code()).isEqualTo("wrong-password");
    assertThat(changed.status()).as(changed.text()).isEqualTo(204);
    assertThat(here.get("/api/v1/session").status()).isEqualTo(200);
    assertThat(there.get("/api/v1/session").status()).isEqualTo(401);
    assertThat(signIn(cast.nobody(), "mike", Cast.PASSWORD).status()).isEqualTo(401);
    assertThat(signIn(cast.nobody(), "mike", "another good 1 phrase").status()).isEqualTo(200);
  }

  @Test
  void anApiKeyActsAsItsPersonUntilRevokedAndIsStoredHashed() {
    var browser = cast.member("nora");
    var created = browser.post("/api/v1/me/api-keys", Map.of("name", "job", "expiresInDays", 1));
    var secret = created.json().path("secret").asString();
    var id = created.json().path("key").path("id").asString();
    var program = ApiClient.program(cast.port(), secret);

    var me = program.get("/api/v1/session");
    var withoutCsrf = program.patch("/api/v1/me", Map.of("displayName", "Nora"));
    var anotherKey = program.post("/api/v1/me/api-keys", Map.of("name", "more"));
    var list = browser.get("/api/v1/me/api-keys");
    var revoked = browser.delete("/api/v1/me/api-keys/" + id);

    assertThat(me.json().path("id").asString()).isEqualTo(cast.id("nora"));
    assertThat(withoutCsrf.status()).isEqualTo(200);
    assertThat(anotherKey.code()).isEqualTo("needs-session");
    assertThat(list.text()).doesNotContain(secret).contains(secret.substring(0, 10));
    assertThat(list.json().path("items").get(0).path("lastUsedAt").isNull()).isFalse();
    assertThat(revoked.status()).isEqualTo(204);
    assertThat(program.get("/api/v1/session").status()).isEqualTo(401);
    assertThat(stored()).noneMatch(row -> row.contains(secret));
  }

  @Test
  void nobodyRevokesTheKeysOfOthers() {
    var created = cast.member("olga").post("/api/v1/me/api-keys", Map.of("name", "mine"));
    var id = created.json().path("key").path("id").asString();

    var byOther = cast.member("pia").delete("/api/v1/me/api-keys/" + id);

    assertThat(byOther.status()).isEqualTo(404);
    assertThat(cast.member("olga").get("/api/v1/me/api-keys").text()).contains(id);
  }

  @Test
  void anExpiredKeyIsWorthNothing() {
    var program = cast.programOf(cast.member("quinn"));
    jdbc.sql(
            "update identity.api_key set expires_at = now() - interval '1 second' where person_id = ?::uuid")
        .param(cast.id("quinn"))
        .update();

    assertThat(program.get("/api/v1/session").status()).isEqualTo(401);
  }

  @Test
  void storesPasswordsAsArgon2id() {
    cast.member("rosa");

    assertThat(
            jdbc.sql("select password_hash from identity.person where lower(email) = ?")
                .param("rosa@example.org")
                .query(String.class)
                .single())
        .startsWith("{argon2id}$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @Test
  void listsPeopleByPages() {
    for (var name : List.of("page-a", "page-b", "page-c")) {
      cast.invite(name, "MEMBER");
    }

    var first = cast.administrator().get("/api/v1/people?query=page-&limit=2");
    var cursor = first.json().path("nextCursor").asString();
    var second = cast.administrator().get("/api/v1/people?query=page-&limit=2&cursor=" + cursor);

    assertThat(names(first)).containsExactly("page-a", "page-b");
    assertThat(names(second)).containsExactly("page-c");
    assertThat(second.json().path("nextCursor").isNull()).isTrue();
    assertThat(cast.administrator().get("/api/v1/people?cursor=forged").code())
        .isEqualTo("invalid-input");
  }

  @Test
  void groupsAreForAdministratorsAndHoldPeople() {
    cast.member("sue");
    var group = cast.administrator().post("/api/v1/groups", Map.of("name", "Sales"));
    var path = "/api/v1/groups/" + group.json().path("id").asString();

    var filled =
        cast.administrator().put(path + "/members", Map.of("personIds", List.of(cast.id("sue"))));
    var taken = cast.administrator().post("/api/v1/groups", Map.of("name", "SALES"));
    var byMember = cast.member("sue").get("/api/v1/groups");

    assertThat(filled.json().path("members").get(0).path("displayName").asString())
        .isEqualTo("sue");
    assertThat(taken.code()).isEqualTo("group-name-taken");
    assertThat(byMember.status()).isEqualTo(403);
    assertThat(cast.member("sue").get("/api/v1/session").text()).contains("Sales");
  }

  private static List<String> names(ApiClient.Answer page) {
    return page.json()
        .path("items")
        .valueStream()
        .map(person -> person.path("displayName").asString())
        .toList();
  }

  private List<String> stored() {
    return jdbc.sql("select k::text from identity.api_key k").query(String.class).list();
  }

  private ApiClient.Answer accept(String link) {
    return accept(link, Cast.PASSWORD);
  }

  private ApiClient.Answer accept(String link, String password) {
    return cast.nobody()
        .post(
            "/api/v1/invitations",
            Map.of("token", link.substring(link.indexOf('#') + 1), "password", password));
  }

  private static ApiClient.Answer signIn(ApiClient browser, String name, String password) {
    return browser.post("/api/v1/session", Map.of("email", Cast.email(name), "password", password));
  }
}
