package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.ExtractionFailed;

/** Reads one family of formats. One implementation per way of reading, not per format. */
interface Parser {

  /** Name and version; a change here means a new text version of every document read by it. */
  String version();

  /**
   * Writes what the file says.
   *
   * @throws ExtractionFailed where the parser knows the reason better than its exception
   * @throws Exception anything else is reported as a damaged file
   */
  void parse(Source source, LinearText out) throws Exception;
}
