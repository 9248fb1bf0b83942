package io.witan.models.residency;

/**
 * How the active model runs here; zeros if there is none.
 *
 * @param generatedTokensPerSecond of one request alone, as measured when it was activated
 */
public record ModelSpeed(
    int contextTokens, double promptTokensPerSecond, double generatedTokensPerSecond) {}
