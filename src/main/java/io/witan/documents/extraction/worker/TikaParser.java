package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.DocumentFormat;
import java.io.InputStream;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.HttpHeaders;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.epub.EpubParser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.apache.tika.sax.SecureContentHandler;
import org.xml.sax.ContentHandler;

/** Office formats through Apache Tika's XHTML; files embedded in them are left alone. */
final class TikaParser implements Parser {

  private static final int MAX_COMPRESSION_RATIO = 1_000;

  @Override
  public String version() {
    return "office-1/tika-3.3.1";
  }

  @Override
  public void parse(Source source, LinearText out) throws Exception {
    ZipSecureFile.setMaxEntrySize(source.limits().maxUnpackedBytes());
    var metadata = new Metadata();
    metadata.set(HttpHeaders.CONTENT_TYPE, source.type().mediaType());
    try (var stream = TikaInputStream.get(source.path())) {
      var handler = new XhtmlAdapter(out, source.type().format());
      var secure = new SecureContentHandler(handler, stream);
      secure.setMaximumCompressionRatio(MAX_COMPRESSION_RATIO);
      secure.setMaximumDepth(source.limits().maxDepth());
      parserOf(source.type().format())
          .parse(stream, secure, metadata, context(source.type().format()));
      handler.finish();
    } finally {
      out.title(metadata.get(TikaCoreProperties.TITLE));
    }
  }

  private static ParseContext context(DocumentFormat format) {
    var config = new OfficeParserConfig();
    config.setIncludeDeletedContent(false);
    config.setIncludeMoveFromContent(false);
    config.setExtractMacros(false);
    config.setUseSAXDocxExtractor(true);
    config.setIncludeSlideMasterContent(true);
    // those of sheets hold only codes for page numbers
    config.setIncludeHeadersAndFooters(
        format != DocumentFormat.XLSX && format != DocumentFormat.XLS);
    var context = new ParseContext();
    context.set(OfficeParserConfig.class, config);
    context.set(EmbeddedDocumentExtractor.class, new NothingEmbedded());
    return context;
  }

  private static org.apache.tika.parser.Parser parserOf(DocumentFormat format) {
    return switch (format) {
      case DOCX, XLSX -> new OOXMLParser();
      case DOC, PPT, XLS -> new OfficeParser();
      case ODT, ODS, ODP -> new OpenDocumentParser();
      case RTF -> new RTFParser();
      case EPUB -> new EpubParser();
      case MARKDOWN, TEXT, HTML, PDF, PPTX, CSV, EMAIL, MSG, XML, IMAGE ->
          throw new IllegalArgumentException(format + " has a parser of its own");
    };
  }

  private static final class NothingEmbedded implements EmbeddedDocumentExtractor {

    @Override
    public boolean shouldParseEmbedded(Metadata metadata) {
      return false;
    }

    @Override
    public void parseEmbedded(
        InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml) {}
  }
}
