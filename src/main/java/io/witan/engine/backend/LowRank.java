package io.witan.engine.backend;

/**
 * What an adapter adds to a matrix, or to each of several: scale · B · A (LoRA; Hu et al. 2021).
 *
 * @param columns numbers that the matrix multiplies
 * @param rows numbers that it produces
 * @param count matrices: experts, else 1
 * @param a {@code [count, rank, columns]}; of an embedding {@code [tokens, rank]}
 * @param b {@code [count, rows, rank]}
 */
public record LowRank(
    int columns, int rows, int count, int rank, float scale, float[] a, float[] b) {}
