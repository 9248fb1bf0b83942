package io.witan.models.upload;

import io.witan.models.registry.ModelRegistry.Wanted;
import io.witan.shared.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The header {@code Upload-Metadata}: names with values in Base64. */
record UploadMetadata(Map<String, String> values) {
  static final String HEADER = "Upload-Metadata";
  private static final int MOST_NAME = 200;

  static UploadMetadata of(@Nullable String header) {
    var values = new HashMap<String, String>();
    for (var pair : header == null ? new String[0] : header.split(",", -1)) {
      var parts = pair.strip().split(" ", 2);
      if (!parts[0].isEmpty()) {
        values.put(parts[0], parts.length == 1 ? "" : decoded(parts[1].strip()));
      }
    }
    return new UploadMetadata(Map.copyOf(values));
  }

  private static String decoded(String value) {
    try {
      return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException invalid) {
      throw new InvalidInput(HEADER, "must have values in Base64");
    }
  }

  /** The file's name, in which nothing is left that a folder could be made of. */
  String fileName() {
    var name = values.getOrDefault("filename", "").replaceAll("[/\\\\\\p{Cntrl}]", "").strip();
    var cut = name.substring(0, Math.min(MOST_NAME, name.length()));
    if (cut.isEmpty()) {
      throw new InvalidInput(HEADER, "must say the filename");
    }
    return cut;
  }

  Wanted wanted() {
    return new Wanted(values.get("name"), values.get("licence"), values.get("sha256"));
  }
}
