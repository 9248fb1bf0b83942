package io.witan.database;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The database the application works on; set at start, once it runs and has been checked.
 *
 * @param url {@code jdbc:postgresql://…}, without a role
 * @param user the login role
 * @param password its password
 * @param connections how many the application's pool may hold
 */
@Validated
@ConfigurationProperties("witan.database")
record DatabaseSettings(
    @NotBlank String url,
    @NotBlank String user,
    @DefaultValue("") String password,
    @DefaultValue("16") @Min(2) int connections) {

  Database database() {
    return new Database(url, user, password);
  }

  /** Leaves the password out: this may reach a log. */
  @Override
  public String toString() {
    return "DatabaseSettings[" + url + ", user=" + user + "]";
  }
}
