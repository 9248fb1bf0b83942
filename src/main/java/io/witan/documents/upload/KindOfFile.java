package io.witan.documents.upload;

import io.witan.documents.FileUnsupported;
import io.witan.documents.extraction.DocumentFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypes;

/**
 * A first look at a file by its leading bytes, so that what can hold no text is refused at once.
 *
 * <p>Nothing is parsed here: the exact type is found by the extraction worker.
 *
 * @param format name of a {@link DocumentFormat}, or UNKNOWN until the worker has looked
 */
public record KindOfFile(String mediaType, String format) {
  public static final String UNKNOWN = "UNKNOWN";
  private static final MimeTypes MAGIC = MimeTypes.getDefaultMimeTypes();
  private static final Set<String> HOPELESS =
      Set.of(
          "application/x-executable",
          "application/x-elf",
          "application/x-sharedlib",
          "application/x-msdownload",
          "application/x-dosexec",
          "application/x-mach-o",
          "application/java-vm",
          "application/java-archive",
          "application/gzip",
          "application/x-tar",
          "application/x-gtar",
          "application/x-bzip2",
          "application/x-xz",
          "application/zstd",
          "application/x-7z-compressed",
          "application/x-rar-compressed",
          "application/x-iso9660-image",
          "application/x-sqlite3",
          "application/x-font-ttf",
          "application/wasm");

  /**
   * Looks at the first bytes.
   *
   * @throws FileUnsupported if files of that type hold no text
   */
  public static KindOfFile of(byte[] head, String fileName) {
    var metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, fileName);
    try {
      var type = MAGIC.detect(new ByteArrayInputStream(head), metadata).getBaseType().toString();
      if (HOPELESS.contains(type)
          || type.startsWith("audio/")
          || type.startsWith("video/")
          || type.startsWith("application/x-msdownload")) {
        throw new FileUnsupported(type);
      }
      return new KindOfFile(type, format(type, fileName));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // the stream is in memory
    }
  }

  private static String format(String type, String fileName) {
    if (type.startsWith("image/")) {
      return DocumentFormat.IMAGE.name();
    }
    var extension = fileName.substring(fileName.lastIndexOf('.') + 1);
    return Arrays.stream(DocumentFormat.values())
        .filter(f -> f.mediaType().equals(type) || f.extension().equalsIgnoreCase(extension))
        .findFirst()
        .map(Enum::name)
        .orElse(UNKNOWN);
  }
}
