package io.witan.evaluation;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import java.util.List;
import java.util.Map;

/**
 * A corpus that is in a collection.
 *
 * @param texts which corpus texts each document stands for: more than one if their bytes are equal
 */
record LoadedCorpus(
    CollectionId collection, Map<DocumentId, List<String>> texts, int failed, double seconds) {}
