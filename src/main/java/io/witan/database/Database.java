package io.witan.database;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;

/**
 * How to reach a prepared database: one login that holds no rights itself and picks a role per
 * connection.
 *
 * @param jdbcUrl {@code jdbc:postgresql://…}, without a role
 * @param user the login role
 * @param password its password
 */
public record Database(String jdbcUrl, String user, String password) {
  /** The role the application works as; row-level security applies to it. */
  public static final String APP_ROLE = "witan_app";

  /** The role that owns the schemas; only migrations use it. */
  public static final String OWNER_ROLE = "witan_owner";

  /** The database's name on its server. */
  String name() {
    var path = jdbcUrl.split("\\?", 2)[0];
    var name = path.substring(path.lastIndexOf('/') + 1);
    return URLDecoder.decode(name, StandardCharsets.UTF_8);
  }

  /** The URL for the application's pool. */
  public String appUrl() {
    return withOption("role=" + APP_ROLE);
  }

  /** The URL for migrations. */
  public String ownerUrl() {
    return withOption("role=" + OWNER_ROLE);
  }

  /** Opens a connection that works as {@code witan_app}. */
  public Connection connectAsApp() throws SQLException {
    return DriverManager.getConnection(appUrl(), user, password);
  }

  /** Opens a connection that works as {@code witan_owner}. */
  public Connection connectAsOwner() throws SQLException {
    return DriverManager.getConnection(ownerUrl(), user, password);
  }

  /** The same database with a server setting ({@code name=value}) on every connection. */
  Database with(String setting) {
    return new Database(withOption(setting), user, password);
  }

  /** Adds {@code -c setting} to the URL, keeping the options it has. */
  private String withOption(String setting) {
    int question = jdbcUrl.indexOf('?');
    String address = question < 0 ? jdbcUrl : jdbcUrl.substring(0, question);
    var options = new StringBuilder();
    var parameters = new ArrayList<String>();
    if (question >= 0) {
      for (String parameter : jdbcUrl.substring(question + 1).split("&")) {
        if (parameter.startsWith("options=")) {
          options
              .append(
                  URLDecoder.decode(
                      parameter.substring("options=".length()), StandardCharsets.UTF_8))
              .append(' ');
        } else if (!parameter.isEmpty()) {
          parameters.add(parameter);
        }
      }
    }
    options.append("-c ").append(setting);
    parameters.add(
        "options="
            + URLEncoder.encode(options.toString(), StandardCharsets.UTF_8).replace("+", "%20"));
    return address + "?" + String.join("&", parameters);
  }

  /** Leaves the password out: this may reach a log. */
  @Override
  public String toString() {
    return "Database[" + jdbcUrl + ", user=" + user + "]";
  }
}
