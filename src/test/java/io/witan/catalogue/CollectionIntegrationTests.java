package io.witan.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.ApiClient;
import io.witan.Cast;
import io.witan.WholeApplication;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@WholeApplication
class CollectionIntegrationTests {
  private final Cast cast;
  private final DataSource database;

  CollectionIntegrationTests(
      @Autowired ApplicationContext context, @Autowired DataSource database) {
    this.cast = Cast.of(context);
    this.database = database;
  }

  @Test
  void eachPermissionAllowsWhatItSaysAndNoMore() {
    var id = collection("Matrix");
    grant(id, grantee("mia", "MANAGE"), grantee("cem", "CONTRIBUTE"), grantee("rob", "READ"));
    cast.member("out");

    var actual = new HashMap<String, List<Integer>>();
    for (var name : List.of("mia", "cem", "rob", "out")) {
      actual.put(name, statuses(cast.member(name), id));
    }
    actual.put("administrator", statuses(cast.administrator(), id));

    assertThat(actual)
        .isEqualTo(
            Map.of(
                "mia", List.of(200, 200, 200),
                "cem", List.of(200, 403, 403),
                "rob", List.of(200, 403, 403),
                "out", List.of(404, 404, 404),
                "administrator", List.of(404, 404, 404)));
  }

  private static List<Integer> statuses(ApiClient person, String id) {
    var path = "/api/v1/collections/" + id;
    return List.of(
        person.get(path).status(),
        person.patch(path, Map.of("description", "changed")).status(),
        person.get(path + "/permissions").status());
  }

  @Test
  void aGroupsPermissionFollowsItsMembers() {
    var id = collection("For a group");
    var group =
        cast.administrator()
            .post("/api/v1/groups", Map.of("name", "Readers " + id))
            .json()
            .path("id")
            .asString();
    grant(id, grantee("mia", "MANAGE"), entry("GROUP", group, "READ"));
    var gus = cast.member("gus");

    var before = gus.get("/api/v1/collections/" + id).status();
    members(group, cast.id("gus"));
    var inside = gus.get("/api/v1/collections/" + id);
    members(group);
    var after = gus.get("/api/v1/collections/" + id).status();

    assertThat(before).isEqualTo(404);
    assertThat(inside.json().path("access").asString()).isEqualTo("READ");
    assertThat(inside.json().path("readers").path("groups").asInt()).isEqualTo(1);
    assertThat(after).isEqualTo(404);
  }

  private void members(String group, String... people) {
    var answer =
        cast.administrator()
            .put("/api/v1/groups/" + group + "/members", Map.of("personIds", List.of(people)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  @Test
  void everyoneMeansWhoeverCanSignIn() {
    var id = collection("Open");
    grant(id, grantee("mia", "MANAGE"), entry("EVERYONE", null, "READ"));

    assertThat(cast.member("out").get("/api/v1/collections/" + id).status()).isEqualTo(200);
    assertThat(cast.nobody().get("/api/v1/collections/" + id).status()).isEqualTo(401);
  }

  @Test
  void somebodyMustStayAbleToManage() {
    var id = collection("Kept");
    var path = "/api/v1/collections/" + id + "/permissions";
    cast.member("rob");

    var onlyReaders =
        cast.member("mia").put(path, Map.of("items", List.of(grantee("rob", "READ"))));
    var nobody = cast.member("mia").put(path, Map.of("items", List.of()));
    var toUnknown =
        cast.member("mia")
            .put(
                path,
                Map.of("items", List.of(entry("PERSON", UUID.randomUUID().toString(), "READ"))));

    assertThat(onlyReaders.code()).isEqualTo("last-manager");
    assertThat(nobody.code()).isEqualTo("last-manager");
    assertThat(toUnknown.code()).isEqualTo("invalid-input");
    assertThat(cast.member("mia").get(path).json().path("items").size()).isEqualTo(1);
  }

  @Test
  void aManagerMayHandOverAndLeave() {
    var id = collection("Handed over");
    cast.member("rob");

    grant(id, grantee("rob", "MANAGE"));

    assertThat(cast.member("mia").get("/api/v1/collections/" + id).status()).isEqualTo(404);
    assertThat(cast.member("rob").get("/api/v1/collections/" + id).status()).isEqualTo(200);
  }

  @Test
  void administratorsSeeThatACollectionExistsAndTakeItOverInTheOpen() {
    var id = collection("Orphan");
    var ada = cast.administrator();

    var listed = ada.get("/api/v1/admin/collections");
    var byMember = cast.member("rob").get("/api/v1/admin/collections").status();
    var before = ada.get("/api/v1/collections/" + id).status();
    var taken = ada.post("/api/v1/admin/collections/" + id + "/take-over", Map.of());
    var after = ada.get("/api/v1/collections/" + id);

    assertThat(listed.text()).contains(id);
    assertThat(byMember).isEqualTo(403);
    assertThat(before).isEqualTo(404);
    assertThat(taken.status()).isEqualTo(200);
    assertThat(after.json().path("access").asString()).isEqualTo("MANAGE");
    assertThat(ada.get("/api/v1/audit").text()).contains("collection-taken-over");
  }

  @Test
  void theDirectoryIsForThoseWhoMayGivePermissions() {
    collection("Has a manager");
    cast.member("only-reads");

    var manager = cast.member("mia").get("/api/v1/directory?query=example.org");
    var member = cast.member("only-reads").get("/api/v1/directory?query=example.org");
    var wildcard = cast.member("mia").get("/api/v1/directory?query=%25");

    assertThat(manager.text()).contains("mia@example.org");
    assertThat(member.status()).isEqualTo(403);
    assertThat(wildcard.json().path("items").size()).isZero();
  }

  @Test
  void theDatabaseItselfHidesCollections() throws SQLException {
    var id = collection("Behind the second wall");
    cast.member("out");

    assertThat(visible(null, id)).isZero();
    assertThat(visible(cast.id("out"), id)).isZero();
    assertThat(visible(cast.id("mia"), id)).isEqualTo(1);
  }

  @Test
  void theDatabaseItselfRefusesChangesOfOthers() throws SQLException {
    var id = collection("Not yours");
    cast.member("out");

    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      enter(connection, cast.id("out"));
      try (var update =
          connection.prepareStatement(
              "update catalogue.collection set name = 'mine' where id = ?::uuid")) {
        update.setString(1, id);
        assertThat(update.executeUpdate()).isZero();
      }
      try (var insert =
          connection.prepareStatement(
              "insert into catalogue.permission (collection_id, person_id, access) values (?::uuid, ?::uuid, 'MANAGE')")) {
        insert.setString(1, id);
        insert.setString(2, cast.id("out"));
        assertThatThrownBy(insert::executeUpdate).hasMessageContaining("row-level security");
      }
      connection.rollback();
    }
  }

  @Test
  void nobodyEditsTheAuditLog() throws SQLException {
    collection("Audited");
    for (var sql :
        List.of(
            "update operations.audit_entry set detail = ''",
            "delete from operations.audit_entry")) {
      try (var connection = database.getConnection();
          var statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.executeUpdate(sql))
            .hasMessageContaining("permission denied");
      }
    }
  }

  private int visible(@Nullable String person, String collection) throws SQLException {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      if (person != null) {
        enter(connection, person);
      }
      try (var query =
          connection.prepareStatement(
              "select count(*) from catalogue.collection c where c.id = ?::uuid")) {
        query.setString(1, collection);
        try (var row = query.executeQuery()) {
          row.next();
          return row.getInt(1);
        }
      } finally {
        connection.rollback();
      }
    }
  }

  private static void enter(Connection connection, String person) throws SQLException {
    try (var set = connection.prepareStatement("select set_config('witan.person', ?, true)")) {
      set.setString(1, person);
      set.execute();
    }
  }

  /** A new collection that Mia manages. */
  private String collection(String name) {
    var created = cast.member("mia").post("/api/v1/collections", Map.of("name", name));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    return created.json().path("id").asString();
  }

  @SafeVarargs
  private void grant(String id, Map<String, Object>... items) {
    var answer =
        cast.member("mia")
            .put(
                "/api/v1/collections/" + id + "/permissions",
                Map.of("items", new ArrayList<>(Arrays.asList(items))));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private Map<String, Object> grantee(String name, String access) {
    cast.member(name);
    return entry("PERSON", cast.id(name), access);
  }

  private static Map<String, Object> entry(String kind, @Nullable String id, String access) {
    var grantee = new HashMap<String, Object>();
    grantee.put("kind", kind);
    grantee.put("id", id);
    return Map.of("grantee", grantee, "access", access);
  }
}
