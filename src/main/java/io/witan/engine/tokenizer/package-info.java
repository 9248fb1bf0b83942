/** Text to tokens and back, as the model's own vocabulary says; chat templates. */
@NullMarked
package io.witan.engine.tokenizer;

import org.jspecify.annotations.NullMarked;
