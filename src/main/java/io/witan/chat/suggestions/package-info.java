/** Questions to start with, made from what a person may read. */
@NullMarked
package io.witan.chat.suggestions;

import org.jspecify.annotations.NullMarked;
