package io.witan.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * An organisation's documents, each in one of the formats there are of it.
 *
 * @param files in the order of their names
 */
public record OrganisationFolder(String name, List<DocumentFile> files) {

  /**
   * A file.
   *
   * @param document what data sets call the document, whatever its format
   */
  public record DocumentFile(Path path, String document) {}

  public OrganisationFolder {
    files = List.copyOf(files);
  }

  /**
   * Reads {@code <organisation>/<format>/<document>.<format>}.
   *
   * @param format the one to take; empty to take turns through those that a document has
   * @throws IllegalArgumentException if there is no such folder
   */
  public static List<OrganisationFolder> readAll(Path folder, String format) {
    try (var organisations = Files.list(folder)) {
      var read =
          organisations
              .filter(Files::isDirectory)
              .sorted()
              .map(organisation -> read(organisation, format))
              .filter(organisation -> !organisation.files().isEmpty())
              .toList();
      if (read.isEmpty()) {
        throw new IllegalArgumentException(
            folder + " has no <organisation>/<format>/<document>.<format>");
      }
      return read;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static OrganisationFolder read(Path organisation, String format) {
    var name = organisation.getFileName().toString();
    var byDocument = new TreeMap<String, List<Path>>();
    try (var files = Files.walk(organisation, 2)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> format.isEmpty() || extension(file).equals(format))
          .sorted()
          .forEach(
              file ->
                  byDocument
                      .computeIfAbsent(name + "/" + stem(file) + ".md", it -> new ArrayList<>())
                      .add(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    var chosen = new ArrayList<DocumentFile>();
    byDocument.forEach(
        (document, files) ->
            chosen.add(new DocumentFile(files.get(chosen.size() % files.size()), document)));
    return new OrganisationFolder(name, chosen);
  }

  private static String stem(Path file) {
    var name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static String extension(Path file) {
    var name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
