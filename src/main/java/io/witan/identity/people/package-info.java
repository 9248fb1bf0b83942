/** Accounts of people and their groups. */
@NullMarked
package io.witan.identity.people;

import org.jspecify.annotations.NullMarked;
