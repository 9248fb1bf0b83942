/** From a folder of Hugging Face's to a GGUF file. */
@NullMarked
package io.witan.engine.conversion;

import org.jspecify.annotations.NullMarked;
