/** The active generator as Spring AI sees models. */
@NamedInterface("springai")
@NullMarked
package io.witan.models.springai;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
