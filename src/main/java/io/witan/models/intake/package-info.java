/** Files of models on their way: fetched or uploaded, checked, and then added to the registry. */
@NamedInterface("intake")
@NullMarked
package io.witan.models.intake;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
