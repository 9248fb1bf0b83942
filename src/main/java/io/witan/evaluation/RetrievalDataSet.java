package io.witan.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/** A corpus with query sets and the documents that answer them, as a BEIR-like folder has them. */
public record RetrievalDataSet(String name, List<CorpusText> corpus, List<QuerySet> sets) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public RetrievalDataSet {
    corpus = List.copyOf(corpus);
    sets = List.copyOf(sets);
  }

  /** One document of the corpus. */
  public record CorpusText(String id, String title, String text) {}

  /** A question and the ids of the documents that answer it. */
  public record Query(String id, String text, Set<String> relevant) {}

  /** Questions of one origin. */
  public record QuerySet(String name, List<Query> queries) {}

  /**
   * Reads {@code corpus.jsonl}, {@code queries.<set>.jsonl} and {@code qrels.<set>.tsv}.
   *
   * @param only the sets wanted; empty for all
   * @throws IllegalArgumentException if the folder is not such a data set, naming what is missing
   */
  public static RetrievalDataSet read(Path folder, List<String> only) {
    if (!Files.isRegularFile(folder.resolve("corpus.jsonl"))) {
      throw new IllegalArgumentException(
          folder + " has no corpus.jsonl; give a folder in the BEIR layout");
    }
    try {
      var names = new TreeSet<>(only.isEmpty() ? setNames(folder) : only);
      var sets = new ArrayList<QuerySet>();
      for (var name : names) {
        sets.add(querySet(folder, name));
      }
      var corpus = new ArrayList<CorpusText>();
      for (var line : lines(folder.resolve("corpus.jsonl"))) {
        var json = JSON.readTree(line);
        corpus.add(
            new CorpusText(
                json.path("id").asString(),
                json.path("title").asString(""),
                json.path("text").asString("")));
      }
      return new RetrievalDataSet(folder.getFileName().toString(), corpus, sets);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Reads a folder of Markdown files as a corpus without queries, or a data set without its
   * queries.
   *
   * @throws IllegalArgumentException if there is neither
   */
  public static RetrievalDataSet readCorpus(Path folder) {
    if (Files.isRegularFile(folder.resolve("corpus.jsonl"))) {
      var data = read(folder, List.of());
      return new RetrievalDataSet(data.name(), data.corpus(), List.of());
    }
    try (var files = Files.walk(folder)) {
      var corpus = new ArrayList<CorpusText>();
      for (var file : files.filter(it -> it.toString().endsWith(".md")).sorted().toList()) {
        corpus.add(new CorpusText(folder.relativize(file).toString(), "", Files.readString(file)));
      }
      if (corpus.isEmpty()) {
        throw new IllegalArgumentException(folder + " has neither corpus.jsonl nor Markdown files");
      }
      return new RetrievalDataSet(folder.getFileName().toString(), corpus, List.of());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> setNames(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("queries.") && name.endsWith(".jsonl"))
          .map(name -> name.substring("queries.".length(), name.length() - ".jsonl".length()))
          .toList();
    }
  }

  private static QuerySet querySet(Path folder, String name) throws IOException {
    var queries = folder.resolve("queries." + name + ".jsonl");
    if (!Files.isRegularFile(queries)) {
      throw new IllegalArgumentException(folder + " has no query set \"" + name + "\"");
    }
    Map<String, Set<String>> relevant = new HashMap<>();
    for (var line : lines(folder.resolve("qrels." + name + ".tsv"))) {
      var cells = line.split("\t");
      if (cells.length >= 3 && cells[2].strip().matches("[1-9][0-9]*")) {
        relevant.computeIfAbsent(cells[0], id -> new TreeSet<>()).add(cells[1]);
      }
    }
    var read = new ArrayList<Query>();
    for (var line : lines(queries)) {
      var json = JSON.readTree(line);
      var id = json.path("id").asString();
      var answers = relevant.get(id);
      if (answers != null) {
        read.add(new Query(id, json.path("text").asString(), answers));
      }
    }
    return new QuerySet(name, read);
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
  }
}
