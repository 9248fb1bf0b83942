package io.witan.models.registry;

import io.witan.engine.EngineException;
import io.witan.engine.ModelParts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A file that is to be copied.
 *
 * @param fileName that the model is kept with
 * @param parts null if the file is all of the model
 */
record ModelSource(Path file, String fileName, @Nullable ModelParts parts) {

  /**
   * @throws UnusableModel if it is a part of a model, and another one than the first or one lacks
   * @throws io.witan.shared.InvalidInput if a checksum is wanted of a file that is yet to be joined
   */
  static ModelSource of(Path file, ModelRegistry.Wanted wanted) {
    var fileName = String.valueOf(file.getFileName());
    try {
      var parts = ModelParts.of(file).orElse(null);
      if (parts == null) {
        return new ModelSource(file, fileName, null);
      }
      JoinedModel.requireNoChecksum(wanted);
      return new ModelSource(file, parts.name().joined(), parts);
    } catch (EngineException unfit) {
      throw new UnusableModel(fileName, String.valueOf(unfit.getMessage()));
    }
  }

  /**
   * @throws UnusableModel if parts do not belong together
   * @throws NoRoomForModel if the disk lacks room
   */
  ModelStore.Copy copyTo(ModelStore store, LongConsumer progress) throws IOException {
    try {
      return parts == null ? store.copy(file, progress) : store.join(parts, progress);
    } catch (EngineException unfit) {
      throw new UnusableModel(fileName, String.valueOf(unfit.getMessage()));
    }
  }
}
