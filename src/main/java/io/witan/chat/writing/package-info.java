/** Answers that a model writes: its prompt, what it may read, and the citations of what it says. */
@NullMarked
package io.witan.chat.writing;

import org.jspecify.annotations.NullMarked;
