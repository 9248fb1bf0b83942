package io.witan.documents.extraction.worker;

/** placeholder while the pipeline is brought up. */
final class PdfParser implements Parser {
  @Override
  public String version() {
    return "pdf-0";
  }

  @Override
  public void parse(Source source, LinearText out) {}
}
