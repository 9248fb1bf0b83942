package io.witan.models.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings {@code witan.models.incoming.*}.
 *
 * @param maxFileSize of one model
 * @param keepFree what must stay free on the disk
 * @param unfinished files that may be on their way or wait for somebody
 * @param running of these, how many are fetched or checked at once
 * @param keep how long a file that nothing happens to is kept
 */
@ConfigurationProperties("witan.models.incoming")
public record IncomingSettings(
    @DefaultValue("1TB") DataSize maxFileSize,
    @DefaultValue("1GB") DataSize keepFree,
    @DefaultValue("16") int unfinished,
    @DefaultValue("2") int running,
    @DefaultValue("7d") Duration keep) {
  public IncomingSettings {
    if (maxFileSize.toBytes() < 1
        || keepFree.isNegative()
        || unfinished < 1
        || running < 1
        || running > 64
        || !keep.isPositive()) {
      throw new IllegalArgumentException(
          "witan.models.incoming: max-file-size, unfinished and keep must be positive, keep-free not"
              + " negative, running 1 to 64");
    }
  }
}
