package io.witan.engine.architecture;

import io.witan.engine.graph.Activation;
import io.witan.engine.graph.NormKind;
import io.witan.engine.graph.Rope;

/**
 * What a model family does that neither its tensors nor its metadata say.
 *
 * @param name {@code general.architecture} of its files
 * @param norm how rows are normalised before each block
 * @param pairing which numbers of a head turn together
 * @param activation the bend of its feed-forward networks
 * @param feedForwardNorm the tensor that normalises the input of the feed-forward network
 * @param renormalizesRoutes whether the chosen experts' probabilities are made to sum to one
 * @param expertWidthKey the metadata key, after the architecture's name, of the width of an expert
 */
public record Architecture(
    String name,
    NormKind norm,
    Rope.Pairing pairing,
    Activation activation,
    String feedForwardNorm,
    boolean renormalizesRoutes,
    String expertWidthKey) {}
