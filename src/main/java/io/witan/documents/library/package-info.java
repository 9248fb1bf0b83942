/** Documents, revisions, originals and texts as people and programs see them. */
@NullMarked
package io.witan.documents.library;

import org.jspecify.annotations.NullMarked;
