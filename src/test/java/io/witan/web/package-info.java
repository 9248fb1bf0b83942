/** Tests of the HTTP edge. */
@NullMarked
package io.witan.web;

import org.jspecify.annotations.NullMarked;
