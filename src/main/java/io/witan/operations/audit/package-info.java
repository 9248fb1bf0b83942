/** The audit log: who did what. */
@NullMarked
package io.witan.operations.audit;

import org.jspecify.annotations.NullMarked;
