package io.witan.documents.extraction;

/** The kinds of file that can be read, each with its usual media type and file name extension. */
public enum DocumentFormat {
  MARKDOWN("text/markdown", "md"),
  TEXT("text/plain", "txt"),
  HTML("text/html", "html"),
  PDF("application/pdf", "pdf"),
  DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
  PPTX("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
  XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
  CSV("text/csv", "csv"),
  EMAIL("message/rfc822", "eml"),
  ODT("application/vnd.oasis.opendocument.text", "odt"),
  ODS("application/vnd.oasis.opendocument.spreadsheet", "ods"),
  ODP("application/vnd.oasis.opendocument.presentation", "odp"),
  DOC("application/msword", "doc"),
  PPT("application/vnd.ms-powerpoint", "ppt"),
  XLS("application/vnd.ms-excel", "xls"),
  RTF("application/rtf", "rtf"),
  EPUB("application/epub+zip", "epub"),
  MSG("application/vnd.ms-outlook", "msg"),
  XML("application/xml", "xml"),
  IMAGE("image/png", "png");

  private final String mediaType;
  private final String extension;

  DocumentFormat(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  public String mediaType() {
    return mediaType;
  }

  /** Without the dot. */
  public String extension() {
    return extension;
  }
}
