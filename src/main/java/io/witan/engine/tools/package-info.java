/** What models write when they call functions: the formats, and reading them as they come. */
@NamedInterface("tools")
@NullMarked
package io.witan.engine.tools;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
