/** Generators that run on other machines: added by administrators, and called only while active. */
@NamedInterface("remote")
@NullMarked
package io.witan.models.remote;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
