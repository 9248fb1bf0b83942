/** Describes a model file without loading it, also one that the engine cannot run. */
@NullMarked
package io.witan.engine.inspection;

import org.jspecify.annotations.NullMarked;
