package io.witan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads one JSON object a line and writes one for each. */
final class JsonLines {
  private final JsonMapper mapper = JsonMapper.builder().build();
  private final PrintWriter console;

  JsonLines(PrintWriter console) {
    this.console = console;
  }

  /**
   * Converts every line.
   *
   * @param in null for standard input
   * @param out null for the console
   * @throws CommandProblem if a file or a line cannot be read
   */
  void each(
      @Nullable Path in, @Nullable Path out, Function<JsonNode, Map<String, Object>> conversion) {
    try (var reader = new BufferedReader(reader(in))) {
      if (out == null) {
        convert(reader, console, conversion);
        console.flush();
        return;
      }
      try (var writer = Files.newBufferedWriter(out)) {
        convert(reader, writer, conversion);
      }
    } catch (IOException e) {
      throw new CommandProblem("Cannot read or write: " + e);
    }
  }

  private void convert(
      BufferedReader reader, Writer writer, Function<JsonNode, Map<String, Object>> conversion)
      throws IOException {
    int number = 0;
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      writer.write(mapper.writeValueAsString(conversion.apply(parse(line, number))));
      writer.write('\n');
    }
  }

  private JsonNode parse(String line, int number) {
    try {
      return mapper.readTree(line);
    } catch (JacksonException e) {
      throw new CommandProblem("Line " + number + " is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Reader reader(@Nullable Path path) throws IOException {
    return path == null
        ? new InputStreamReader(System.in, StandardCharsets.UTF_8)
        : Files.newBufferedReader(path);
  }
}
