/** Who is asking: people, groups, roles, API keys, sign-in and the access scope. */
@ApplicationModule(
    displayName = "Identity",
    allowedDependencies = {"shared"})
@NullMarked
package io.witan.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
