package io.witan.documents.extraction.worker;

/** Pictures: kept, but there is no text recognition, so nothing is read from them. */
final class ImageParser implements Parser {

  @Override
  public String version() {
    return "image-1";
  }

  @Override
  public void parse(Source source, LinearText out) {
    source.percent().accept(100);
  }
}
