package io.witan.chat.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.witan.Cast;
import io.witan.models.residency.FixtureGenerator;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The Java client with classes as schemas, of an answer and of a function's arguments. */
@OpenAiApplication
class OpenAiClassSchemaIntegrationTests {
  private static final String MODEL = "Schema Tester";
  private static final List<String> CITIES = List.of("ULM", "LINZ");

  @TempDir private Path folder = Path.of(".");
  @Autowired ApplicationContext context;
  @Autowired ScriptedGenerator active;

  private @Nullable FixtureGenerator fixture;

  @BeforeEach
  void start() throws IOException {
    var loaded = new FixtureGenerator(MODEL, "call-tags.jinja", List.of(), folder);
    fixture = loaded;
    active.replaceBy(loaded.generator());
  }

  @AfterEach
  void stop() {
    active.replaceBy(null);
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  void classesAreSchemasOfAnswersAndFunctions() throws Exception {
    var cast = Cast.of(context);
    var key =
        cast.member("openai-classes")
            .post("/api/v1/me/api-keys", Map.of("name", "client"))
            .json()
            .path("secret")
            .stringValue();
    var server =
        Map.of("base", "http://127.0.0.1:" + cast.port() + "/v1", "key", key, "model", MODEL);

    try (var loader = new ClientLoader()) {
      var got = loader.program().apply(server);

      assertThat(got.get("season")).isIn("SUMMER", "WINTER");
      assertThat(got.get("function")).isEqualTo("Forecast");
      assertThat(got.get("place")).isIn(CITIES);
      assertThat((List<?>) got.get("legs")).allMatch(CITIES::contains);
    }
  }

  /** The client, its generator of schemas and the program before what the tests have of these. */
  private static final class ClientLoader extends URLClassLoader {
    private static final List<String> OWN =
        List.of("com.openai.", "com.github.victools.", ClassSchemas.class.getName());

    ClientLoader() throws IOException {
      super(jars(), OpenAiClassSchemaIntegrationTests.class.getClassLoader());
    }

    private static URL[] jars() throws IOException {
      var jars = new ArrayList<URL>();
      try (var copied = Files.list(Path.of("target/client-schemas"))) {
        for (var jar : copied.toList()) {
          jars.add(jar.toUri().toURL());
        }
      }
      for (var type : List.of(OpenAIClient.class, OpenAIOkHttpClient.class, ClassSchemas.class)) {
        jars.add(place(type));
      }
      return jars.toArray(URL[]::new);
    }

    private static URL place(Class<?> type) throws MalformedURLException {
      return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath())
          .toURI()
          .toURL();
    }

    @SuppressWarnings("unchecked") // the interface is the JDK's, and the class is ours
    Function<Map<String, String>, Map<String, Object>> program()
        throws ReflectiveOperationException {
      return (Function<Map<String, String>, Map<String, Object>>)
          loadClass(ClassSchemas.class.getName()).getConstructor().newInstance();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (OWN.stream().noneMatch(name::startsWith)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        var loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }
}
