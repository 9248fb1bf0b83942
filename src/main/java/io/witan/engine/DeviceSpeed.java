package io.witan.engine;

/**
 * What bounds a device: measured, not taken from its data sheet.
 *
 * @param bytesPerSecond that a kernel reads of the device's memory
 * @param startSeconds from the program's call until a graph of one kernel that does nothing has run
 * @param launchSeconds that each further such kernel takes
 */
public record DeviceSpeed(double bytesPerSecond, double startSeconds, double launchSeconds) {}
