package io.witan.engine.backend;

/**
 * Something that a back end can run on beside the processor.
 *
 * @param memoryBytes what it has
 * @param accelerator whether it is likely to be faster than the processor: a GPU, but no processor
 *     that a driver shows as a device
 */
public record BackendDevice(String name, long memoryBytes, boolean accelerator) {}
