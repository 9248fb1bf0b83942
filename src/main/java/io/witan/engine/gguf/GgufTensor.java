package io.witan.engine.gguf;

import io.witan.engine.tensor.Shape;
import io.witan.engine.tensor.TensorFormat;
import java.lang.foreign.MemorySegment;

/**
 * One tensor of a file.
 *
 * @param data exactly its bytes, read-only, mapped; alive as long as the file is open
 */
public record GgufTensor(String name, Shape shape, TensorFormat format, MemorySegment data) {}
