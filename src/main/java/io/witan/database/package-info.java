/** PostgreSQL: the embedded server, roles, checks and migration, backup and restore. */
@ApplicationModule(
    displayName = "Database",
    allowedDependencies = {"shared"})
@NullMarked
package io.witan.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
