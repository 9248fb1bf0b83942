/** What runs inside the worker process: type detection and one parser per family of formats. */
@NullMarked
package io.witan.documents.extraction.worker;

import org.jspecify.annotations.NullMarked;
