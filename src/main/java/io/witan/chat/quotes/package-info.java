/** Chooses the sentences of retrieved passages that answer a question, verbatim. */
@NullMarked
package io.witan.chat.quotes;

import org.jspecify.annotations.NullMarked;
