package io.witan.models.intake;

import io.witan.database.Database;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;

/** What lets models come, without a server around it. */
final class IncomingServices {
  private IncomingServices() {}

  /** What a server that starts does. */
  static AnnotationConfigApplicationContext open(Database database, Map<String, Object> settings) {
    DataSource source =
        new DriverManagerDataSource(database.appUrl(), database.user(), database.password());
    var all = new HashMap<String, Object>();
    all.put("witan.models.fetch.retry-delay", "20ms");
    all.put("witan.models.fetch.idle", "5s");
    all.putAll(settings);
    var services = new AnnotationConfigApplicationContext();
    services.registerBean(JdbcClient.class, () -> JdbcClient.create(source));
    services.registerBean(
        PlatformTransactionManager.class, () -> new DataSourceTransactionManager(source));
    services.registerBean(Clock.class, Clock::systemUTC);
    services.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", all));
    services.scan(
        "io.witan.models.registry",
        "io.witan.models.network",
        "io.witan.models.fetch",
        "io.witan.models.intake");
    services.refresh();
    services.getBean(IncomingWork.class).start();
    return services;
  }
}
