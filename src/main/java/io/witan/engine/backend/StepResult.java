package io.witan.engine.backend;

/**
 * What a step gives back.
 *
 * @param logits one array of vocabulary size for each of {@link StepBatch#logitRows()}, in order
 */
public record StepResult(float[][] logits) {}
