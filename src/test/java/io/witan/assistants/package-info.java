/** Tests of assistants. */
@NullMarked
package io.witan.assistants;

import org.jspecify.annotations.NullMarked;
