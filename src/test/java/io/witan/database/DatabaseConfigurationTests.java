package io.witan.database;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The data sources that the application and its migrations get. */
class DatabaseConfigurationTests {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withInitializer(new TestDatabase.Initializer())
          .withUserConfiguration(DatabaseConfiguration.class)
          .withConfiguration(
              AutoConfigurations.of(
                  DataSourceAutoConfiguration.class,
                  JdbcTemplateAutoConfiguration.class,
                  JdbcClientAutoConfiguration.class,
                  FlywayAutoConfiguration.class));

  @Test
  void worksAsTheApplicationRoleOnAMigratedDatabase() {
    application.run(
        context -> {
          var jdbc = context.getBean(JdbcClient.class);

          assertThat(context.getBeansOfType(DataSource.class)).hasSize(2);
          assertThat(jdbc.sql("SELECT current_user::text").query(String.class).single())
              .isEqualTo("witan_app");
          assertThat(
                  jdbc.sql(
                          "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
                      .query(Boolean.class)
                      .single())
              .isFalse();
          assertThat(
                  jdbc.sql(
                          "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'witan' AND tableowner = 'witan_owner')")
                      .query(Boolean.class)
                      .single())
              .isTrue();
        });
  }

  @Test
  void namesTheSettingThatIsMissing() {
    new ApplicationContextRunner()
        .withUserConfiguration(DatabaseConfiguration.class)
        .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("url"));
  }
}
