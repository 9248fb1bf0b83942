package io.witan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The chart, rendered by Helm's own library, which also checks the values against the schema. */
class ChartTests {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path CHART = Path.of("helm/witan");
  private static final String EXTERNAL = "database.existingSecret=witan-database";
  private static final String EMBEDDED = "embedded.enabled=true";
  private static final String POD = "/Deployment/spec/template/spec";
  private static final String CONTAINER = POD + "/containers/0";

  /** The objects by their kind. */
  private static ObjectNode render(String... values) {
    var template = new Helm(CHART).template().withName("check").withKubeVersion("1.27.0");
    for (var value : values) {
      var pair = value.split("=", 2);
      template.set(pair[0], pair[1]);
    }
    var objects = JSON.createObjectNode();
    for (var document : new Yaml().loadAll(template.call())) {
      if (document instanceof Map<?, ?>) {
        JsonNode object = JSON.valueToTree(document);
        objects.set(object.path("kind").stringValue(), object);
      }
    }
    return objects;
  }

  private static String text(JsonNode objects, String path) {
    return objects.at(path).asString("");
  }

  @Test
  void anExternalDatabaseIsReachedWithItsSecret() {
    var objects = render(EXTERNAL, "replicaCount=3");

    assertThat(text(objects, "/Deployment/spec/replicas")).isEqualTo("3");
    assertThat(objects.at(CONTAINER + "/env").toString())
        .contains("witan-database", "WITAN_DB_URL");
    assertThat(objects.has("PersistentVolumeClaim")).isFalse();
  }

  @Test
  void replicasShareTheKeyThatSealsKeys() {
    var name = CONTAINER + "/env/0/valueFrom/secretKeyRef/name";
    var shared = "secretKey.existingSecret=witan-seal";

    assertThat(text(render(EXTERNAL, "replicaCount=2", shared), name)).isEqualTo("witan-seal");
    assertThat(text(render(EMBEDDED, shared), name)).isEqualTo("witan-seal");
    assertThat(text(render(EXTERNAL), name)).isEqualTo("witan-database");
    assertThat(render(EMBEDDED).at(CONTAINER + "/env").isMissingNode()).isTrue();
  }

  @Test
  void anEmbeddedDatabaseHasAVolumeAndOnePod() {
    var objects = render(EMBEDDED);

    assertThat(objects.has("PersistentVolumeClaim")).isTrue();
    assertThat(text(objects, "/Deployment/spec/strategy/type")).isEqualTo("Recreate");
    assertThat(objects.at(CONTAINER).has("env")).isFalse();
  }

  @Test
  void everythingThatCanBeAskedForIsThere() {
    var objects =
        render(
            EXTERNAL,
            "ingress.enabled=true",
            "ingress.host=witan.example.org",
            "ingress.tlsSecret=witan-tls",
            "networkPolicy.enabled=true",
            "podDisruptionBudget.enabled=true");

    assertThat(objects.has("NetworkPolicy")).isTrue();
    assertThat(objects.has("PodDisruptionBudget")).isTrue();
    assertThat(objects.path("Ingress").toString()).contains("witan.example.org", "witan-tls");
    assertThat(objects.at("/ConfigMap/data").has("SERVER_FORWARDHEADERSSTRATEGY")).isTrue();
  }

  @Test
  void aGpuIsAskedForWithTheImageThatCanUseIt() {
    var without = render(EXTERNAL, "image.tag=1.0");
    var with = render(EXTERNAL, "image.tag=1.0", "gpu.enabled=true", "gpu.runtimeClassName=nvidia");

    assertThat(text(without, CONTAINER + "/image")).isEqualTo("witan:1.0");
    assertThat(without.at(POD).toString()).doesNotContain("nvidia");
    assertThat(text(with, CONTAINER + "/image")).isEqualTo("witan:1.0-gpu");
    assertThat(text(with, CONTAINER + "/resources/limits/nvidia.com~1gpu")).isEqualTo("1");
    assertThat(text(with, CONTAINER + "/resources/limits/memory")).isEqualTo("4Gi");
    assertThat(text(with, POD + "/runtimeClassName")).isEqualTo("nvidia");
    assertThat(text(with, "/Deployment/spec/strategy/rollingUpdate/maxSurge")).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replicaCount=1",
        EMBEDDED + " replicaCount=2",
        EMBEDDED + " " + EXTERNAL,
        EXTERNAL + " ingress.enabled=true",
        EXTERNAL + " gpu.resource=gpu",
        EXTERNAL + " unknown=1"
      })
  void whatCannotWorkIsRefused(String values) {
    var wanted = values.split(" ");
    assertThatThrownBy(() -> render(wanted)).hasMessageContaining("schema");
  }
}
