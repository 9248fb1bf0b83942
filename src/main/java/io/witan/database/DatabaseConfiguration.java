package io.witan.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** The application's connections work as {@code witan_app}, the migrations' as the owner. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
public class DatabaseConfiguration {

  @Bean
  @Primary
  HikariDataSource dataSource(DatabaseSettings settings) {
    Database database = settings.database();
    var pool = new HikariConfig();
    pool.setPoolName("witan");
    pool.setJdbcUrl(database.appUrl());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    pool.setMaximumPoolSize(settings.connections());
    pool.addDataSourceProperty("ApplicationName", "witan");
    pool.addDataSourceProperty("reWriteBatchedInserts", "true");
    return new HikariDataSource(pool);
  }

  @Bean(defaultCandidate = false)
  @FlywayDataSource
  DataSource migrationDataSource(DatabaseSettings settings) {
    Database database = settings.database();
    return new SimpleDriverDataSource(
        new org.postgresql.Driver(), database.ownerUrl(), database.user(), database.password());
  }

  @Bean
  FlywayConfigurationCustomizer migrationSettings() {
    return Migrations.ofWitan()::configure;
  }
}
