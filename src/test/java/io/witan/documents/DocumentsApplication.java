package io.witan.documents;

import io.witan.WitanApplication;
import io.witan.database.TestDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** The whole product on a free port, with small files and short pauses. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    classes = WitanApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "witan.documents.max-file-size=12MB",
      "witan.documents.max-request-size=30MB",
      "witan.documents.poll-interval=200ms",
      "witan.documents.heartbeat=1500ms",
      "witan.documents.retry-delay=100ms",
      "witan.documents.live-heartbeat=300ms"
    })
@Import({Library.class, Superuser.class})
@ContextConfiguration(initializers = TestDatabase.Initializer.class)
public @interface DocumentsApplication {}
