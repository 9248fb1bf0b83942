package io.witan.models;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;

/**
 * A BERT-like encoder on ONNX Runtime as Spring AI's {@link EmbeddingModel}.
 *
 * <p>Spring AI's own {@code TransformersEmbeddingModel} always mean-pools, and needs DJL's PyTorch
 * engine for it (docs/adr/0005-own-onnx-embedding-model.md). Thread-safe.
 */
final class OnnxEmbeddingModel implements EmbeddingModel, AutoCloseable {
  /** Longer texts are cut: the positions that the models were made with. */
  static final int MAX_TOKENS = 512;

  private static final int BATCH_TOKENS = 4096;

  private final String file;
  private final Pooling pooling;
  private final int dimensions;
  private final int threads;
  // native memory: nobody may run a session that is being closed
  private final ReadWriteLock open = new ReentrantReadWriteLock();
  private @Nullable Loaded loaded;
  private boolean closed;

  private record Loaded(
      OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokenizer) {}

  /**
   * @param file name of the model on the class path, without ".onnx" and "-tokenizer.json"; read at
   *     the first use, to keep it out of the start of the product
   */
  OnnxEmbeddingModel(String file, Pooling pooling, int dimensions, int threads) {
    this.file = file;
    this.pooling = pooling;
    this.dimensions = dimensions;
    this.threads = threads;
  }

  /** Works on the model while nobody closes it; many at a time. */
  private <T> T using(Function<Loaded, T> work) {
    open.readLock().lock();
    try {
      return work.apply(loaded());
    } finally {
      open.readLock().unlock();
    }
  }

  private synchronized Loaded loaded() {
    if (closed) {
      throw new IllegalStateException("the embedding model " + file + " is closed");
    }
    var present = loaded;
    if (present == null) {
      present = load();
      loaded = present;
    }
    return present;
  }

  private Loaded load() {
    OrtLifetime.extend();
    var environment = OrtEnvironment.getEnvironment();
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // idle threads that spin would take the processor from everything else in this process
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      var session = environment.createSession(ModelFiles.weights(file), options);
      var tokenizer =
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(ModelFiles.tokenizer(file)),
              Map.of("truncation", "true", "maxLength", "" + MAX_TOKENS, "padding", "do_not_pad"));
      return new Loaded(environment, session, tokenizer);
    } catch (OrtException | IOException unusable) {
      throw new IllegalStateException("cannot load the embedding model " + file, unusable);
    }
  }

  @Override
  public EmbeddingResponse call(EmbeddingRequest request) {
    var texts = request.getInstructions();
    Encoding[] encodings = using(model -> model.tokenizer().batchEncode(texts));
    float[][] vectors = embedSortedByLength(encodings);
    int tokens = Arrays.stream(encodings).mapToInt(encoding -> encoding.getIds().length).sum();
    return new EmbeddingResponse(
        IntStream.range(0, vectors.length).mapToObj(i -> new Embedding(vectors[i], i)).toList(),
        new EmbeddingResponseMetadata(file, new DefaultUsage(tokens, 0)));
  }

  @Override
  public float[] embed(Document document) {
    String text = getEmbeddingContent(document);
    return embed(text == null ? "" : text);
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  /** Batches of equal length waste no work on padding, so texts are sorted by length first. */
  private float[][] embedSortedByLength(Encoding[] encodings) {
    var order =
        IntStream.range(0, encodings.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> encodings[i].getIds().length))
            .toList();
    float[][] vectors = new float[encodings.length][];
    int from = 0;
    while (from < order.size()) {
      int to = from + 1;
      while (to < order.size()
          && (to + 1 - from) * encodings[order.get(to)].getIds().length <= BATCH_TOKENS) {
        to++;
      }
      var batch = order.subList(from, to);
      var encoded = batch.stream().map(i -> encodings[i]).toList();
      var embedded = using(model -> embedBatch(model, encoded));
      for (int i = 0; i < batch.size(); i++) {
        vectors[batch.get(i)] = embedded.get(i);
      }
      from = to;
    }
    return vectors;
  }

  private List<float[]> embedBatch(Loaded model, List<Encoding> batch) {
    int width = batch.stream().mapToInt(encoding -> encoding.getIds().length).max().orElse(0);
    var ids = LongBuffer.allocate(batch.size() * width);
    var mask = LongBuffer.allocate(batch.size() * width);
    for (int row = 0; row < batch.size(); row++) {
      ids.put(row * width, batch.get(row).getIds());
      mask.put(row * width, batch.get(row).getAttentionMask());
    }
    var environment = model.environment();
    long[] shape = {batch.size(), width};
    try (var idTensor = OnnxTensor.createTensor(environment, ids, shape);
        var maskTensor = OnnxTensor.createTensor(environment, mask, shape);
        var typeTensor =
            OnnxTensor.createTensor(
                environment, LongBuffer.allocate(batch.size() * width), shape)) {
      var inputs = new HashMap<String, OnnxTensor>();
      inputs.put("input_ids", idTensor);
      inputs.put("attention_mask", maskTensor);
      inputs.put("token_type_ids", typeTensor);
      inputs.keySet().retainAll(model.session().getInputNames());
      try (var result = model.session().run(inputs)) {
        return pool((OnnxTensor) result.get(0), batch);
      }
    } catch (OrtException failed) {
      throw new IllegalStateException("embedding failed", failed);
    }
  }

  private List<float[]> pool(OnnxTensor hidden, List<Encoding> batch) {
    long[] shape = hidden.getInfo().getShape(); // [batch, tokens, width]
    FloatBuffer values = hidden.getFloatBuffer();
    int width = (int) shape[2];
    if (width != dimensions) {
      throw new IllegalStateException(
          "%s gives %d dimensions, not %d".formatted(file, width, dimensions));
    }
    var vectors = new ArrayList<float[]>(batch.size());
    for (int row = 0; row < batch.size(); row++) {
      int length = batch.get(row).getIds().length;
      float[] tokens = new float[length * width];
      values.get(row * (int) shape[1] * width, tokens);
      vectors.add(pooling.pool(tokens, length, width));
    }
    return vectors;
  }

  /** Waits for the batches that are being embedded. */
  @Override
  public void close() throws OrtException {
    open.writeLock().lock();
    try {
      release();
    } finally {
      open.writeLock().unlock();
    }
  }

  private synchronized void release() throws OrtException {
    closed = true;
    var present = loaded;
    if (present != null) {
      loaded = null;
      present.tokenizer().close();
      present.session().close();
    }
  }
}
