package io.witan;

import io.witan.engine.LanguageModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the logits after given tokens. */
@Command(
    name = "logits",
    description = "Write the logits after the tokens as little-endian 32-bit floats.")
final class ModelLogits implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A GGUF file; of a split one the first part.")
  private Path path = Path.of(".");

  @Option(names = "--tokens", description = "Token ids, separated by commas.")
  private @Nullable String tokens;

  @Option(names = "--tokens-file", description = "A file with token ids.")
  private @Nullable Path tokensFile;

  @Option(names = "--out", required = true, description = "The file to write.")
  private Path out = Path.of(".");

  @Option(
      names = "--all-positions",
      description = "Write the logits after each token, not only after the last.")
  private boolean allPositions;

  @Mixin private SessionFlags flags = new SessionFlags();

  @Override
  public Integer call() {
    int[] ids = TokenList.of(tokens, tokensFile);
    try (var model = LanguageModel.load(path, flags.options());
        var session = flags.newSession(model)) {
      for (int id : ids) {
        if (id < 0 || id >= model.description().vocabulary()) {
          throw new CommandProblem(
              "There is no token %d: the model has %d."
                  .formatted(id, model.description().vocabulary()));
        }
      }
      if (allPositions) {
        write(session.appendForAllLogits(ids));
      } else {
        session.append(ids);
        write(new float[][] {session.logits()});
      }
    }
    return 0;
  }

  private void write(float[][] rows) {
    try (var stream = new BufferedOutputStream(Files.newOutputStream(out))) {
      for (float[] row : rows) {
        var bytes = ByteBuffer.allocate(4 * row.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(row);
        stream.write(bytes.array());
      }
    } catch (IOException e) {
      throw new CommandProblem("Cannot write " + out + ": " + e.getMessage());
    }
  }
}
