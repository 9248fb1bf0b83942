/** Orders what the door found, and judges whether it holds an answer. */
@NullMarked
package io.witan.retrieval.ranking;

import org.jspecify.annotations.NullMarked;
