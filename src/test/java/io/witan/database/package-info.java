/** Tests of the database, and the database that every other test uses. */
@NullMarked
package io.witan.database;

import org.jspecify.annotations.NullMarked;
