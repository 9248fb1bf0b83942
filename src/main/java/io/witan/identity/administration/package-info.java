/** What administrators do with people and groups. */
@NullMarked
package io.witan.identity.administration;

import org.jspecify.annotations.NullMarked;
