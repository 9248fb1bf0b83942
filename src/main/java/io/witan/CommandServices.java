package io.witan;

import io.witan.database.Database;
import io.witan.identity.IdentitySettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Identity, models and the audit log without server and background work, for short commands. */
final class CommandServices {
  private CommandServices() {}

  /**
   * @param data the state directory
   * @param packages with more services
   */
  static AnnotationConfigApplicationContext of(Database database, Path data, String... packages) {
    DataSource dataSource =
        new DriverManagerDataSource(database.appUrl(), database.user(), database.password());
    var transactions = new DataSourceTransactionManager(dataSource);
    var sessions =
        new JdbcIndexedSessionRepository(
            new JdbcTemplate(dataSource), new TransactionTemplate(transactions));
    sessions.setTableName("web.session");
    var context = new AnnotationConfigApplicationContext();
    context.registerBean(DataSource.class, () -> dataSource);
    context.registerBean(JdbcClient.class, () -> JdbcClient.create(dataSource));
    context.registerBean(PlatformTransactionManager.class, () -> transactions);
    context.registerBean(JdbcIndexedSessionRepository.class, () -> sessions);
    context.registerBean(
        SessionAuthenticationStrategy.class, () -> (authentication, request, response) -> {});
    context.registerBean(Clock.class, Clock::systemUTC);
    context.registerBean(IdentitySettings.class, CommandServices::identityDefaults);
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("command", Map.of("witan.data", data.toString())));
    context.scan(
        "io.witan.identity",
        "io.witan.models.network",
        "io.witan.models.registry",
        "io.witan.models.fetch",
        "io.witan.models.intake",
        "io.witan.operations.audit");
    if (packages.length > 0) {
      context.scan(packages);
    }
    context.refresh();
    return context;
  }

  private static IdentitySettings identityDefaults() {
    return new IdentitySettings(
        true, Duration.ofMinutes(30), Duration.ofDays(7), Duration.ofDays(30));
  }
}
