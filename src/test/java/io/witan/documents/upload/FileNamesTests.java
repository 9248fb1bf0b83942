package io.witan.documents.upload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTests {

  @ParameterizedTest
  @CsvSource({
    "report.pdf, report.pdf",
    "handbook/a/README.md, handbook/a/README.md",
    "../../etc/passwd, etc/passwd",
    "/abs/olute.txt, abs/olute.txt",
    "C:\\Users\\bea\\plan.docx, plan.docx",
    "folder\\plan.docx, folder/plan.docx",
    "'', unnamed",
    "../.., unnamed",
    "报告 2026.pdf, 报告 2026.pdf"
  })
  void leadNowhereElse(String sent, String kept) {
    assertThat(FileNames.clean(sent)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({
    "The Plan, x/plan.docx, The Plan",
    "'  ', x/plan.docx, plan",
    "Untitled 3, plan.v2.docx, plan.v2",
    "Microsoft Word - Document1, minutes.pdf, minutes",
    "PowerPoint Presentation, deck.pptx, deck",
    "Document retention policy, drp.pdf, Document retention policy"
  })
  void giveATitleWhereTheFileHasNone(String extracted, String name, String title) {
    assertThat(FileNames.title(extracted, name)).isEqualTo(title);
  }
}
