/** Conversations: stored, streamed, shown again to who may still read what they rest on. */
@NullMarked
package io.witan.chat.conversations;

import org.jspecify.annotations.NullMarked;
