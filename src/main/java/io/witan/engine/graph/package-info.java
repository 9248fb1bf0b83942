/** What one step of a model computes, as data: whole-tensor operations without a device. */
@NullMarked
package io.witan.engine.graph;

import org.jspecify.annotations.NullMarked;
