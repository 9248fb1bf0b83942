package io.witan.identity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code witan.identity.*}.
 *
 * @param membersCreateCollections whether members, not only administrators, may create collections
 * @param setupLinkLifetime how long the one-time link of the first administrator works
 * @param invitationLifetime how long an invitation, which is also a password reset, works
 * @param sessionLifetime after this long a person signs in again, however active
 */
@ConfigurationProperties("witan.identity")
public record IdentitySettings(
    @DefaultValue("true") boolean membersCreateCollections,
    @DefaultValue("30m") Duration setupLinkLifetime,
    @DefaultValue("7d") Duration invitationLifetime,
    @DefaultValue("30d") Duration sessionLifetime) {

  public IdentitySettings {
    requirePositive("setup-link-lifetime", setupLinkLifetime);
    requirePositive("invitation-lifetime", invitationLifetime);
    requirePositive("session-lifetime", sessionLifetime);
  }

  /** Whether this scope may create collections. */
  public boolean mayCreateCollections(AccessScope scope) {
    return scope.isAdministrator()
        || (membersCreateCollections && scope instanceof AccessScope.Person);
  }

  private static void requirePositive(String key, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(
          "witan.identity." + key + " is " + value + "; give a duration above zero such as 30m");
    }
  }
}
