package io.witan.models;

/** The generator as people see it. */
public record GeneratorDescription(ActiveGenerator.Mode mode, String name, String description) {}
