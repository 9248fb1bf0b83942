package io.witan.documents.extraction.worker;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDChoice;
import org.apache.pdfbox.pdmodel.interactive.form.PDTextField;

/** What was filled into a form stands in its fields, not on the page: adds it to the page's end. */
final class PdfFormFields {

  private static final float LINE = 12;
  private static final int COLUMN = 1_000_000;

  private PdfFormFields() {}

  static void add(PDDocument document, List<PdfPage> pages) throws IOException {
    var form = document.getDocumentCatalog().getAcroForm(null);
    if (form == null) {
      return;
    }
    var values = values(form);
    if (values.isEmpty()) {
      return;
    }
    for (int i = 0; i < pages.size(); i++) {
      var source = document.getPage(i);
      for (var annotation : source.getAnnotations()) {
        var value =
            annotation instanceof PDAnnotationWidget
                ? values.remove(annotation.getCOSObject())
                : null;
        if (value != null && annotation.getRectangle() != null) {
          add(value, annotation.getRectangle(), source.getCropBox(), pages.get(i));
        }
      }
    }
  }

  private static Map<COSDictionary, String> values(PDAcroForm form) {
    var values = new HashMap<COSDictionary, String>();
    for (var field : form.getFieldTree()) {
      if (!(field instanceof PDTextField text && !text.isPassword())
          && !(field instanceof PDChoice)) {
        continue;
      }
      var value = field.getValueAsString();
      if (value != null && !value.isBlank() && !field.getWidgets().isEmpty()) {
        values.put(field.getWidgets().getFirst().getCOSObject(), value);
      }
    }
    return values;
  }

  private static void add(String value, PDRectangle place, PDRectangle crop, PdfPage page) {
    float start = place.getLowerLeftX() - crop.getLowerLeftX();
    float top = page.height() - (place.getUpperRightY() - crop.getLowerLeftY());
    int column = COLUMN + page.lines().size();
    for (var raw : value.replace('\r', '\n').split("\n")) {
      var text = CleanText.line(raw);
      if (!text.isBlank()) {
        float size = Math.clamp(place.getHeight() / 1.1f, 1, LINE);
        page.lines()
            .add(
                new PdfLine(
                    text,
                    0,
                    column,
                    start,
                    start + place.getWidth(),
                    top + size,
                    size,
                    false,
                    false));
      }
    }
  }
}
