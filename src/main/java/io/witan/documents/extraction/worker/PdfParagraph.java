package io.witan.documents.extraction.worker;

import java.util.List;

/**
 * Lines that belong together.
 *
 * @param aligned whether it starts at the left edge of its column or stands in its middle
 */
record PdfParagraph(List<PdfLine> lines, boolean aligned) {}
