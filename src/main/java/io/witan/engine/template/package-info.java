/**
 * Renders chat templates: a subset of Jinja, interpreted in a sandbox. Templates come from model
 * files, that is, from strangers: they see nothing but the values they are given, and what they may
 * compute, allocate and print is limited.
 */
@NullMarked
package io.witan.engine.template;

import org.jspecify.annotations.NullMarked;
