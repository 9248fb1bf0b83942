package io.witan.models.generation;

/**
 * A generator as people see it.
 *
 * @param id of the registered model or remote generator
 * @param local whether it runs in this process: else text leaves the machine
 * @param contextTokens tokens of prompt and answer together at most, as it is run here
 * @param chatTemplate whether it knows how a conversation is written; else only texts are continued
 */
public record GeneratorInfo(
    String id, String name, boolean local, int contextTokens, boolean chatTemplate) {}
