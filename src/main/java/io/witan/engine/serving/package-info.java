/**
 * Serves many requests with one model: they share steps, pages and the computing of what their
 * prompts begin with.
 */
@NamedInterface("serving")
@NullMarked
package io.witan.engine.serving;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
