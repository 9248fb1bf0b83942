/** Grammars of texts, and which tokens of a vocabulary may come next in a text of one. */
@NullMarked
package io.witan.engine.grammar;

import org.jspecify.annotations.NullMarked;
