/** The API that programs written for OpenAI speak: models, embeddings, and cited answers. */
@NullMarked
package io.witan.chat.openai;

import org.jspecify.annotations.NullMarked;
