package io.witan.documents.extraction.worker;

import static io.witan.documents.extraction.worker.Reading.blocks;
import static io.witan.documents.extraction.worker.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.witan.documents.extraction.DocumentFormat;
import io.witan.documents.extraction.ExtractionLimits;
import io.witan.documents.extraction.ExtractionWarning;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormatTests {

  private static final String SIMPLIFIED =
      "公司的差旅费报销制度规定，员工出差前必须填写申请表，经部门经理批准后方可购买机票和预订酒店。报销时应当提供发票原件。";
  private static final String TRADITIONAL =
      "公司的差旅費報銷制度規定，員工出差前必須填寫申請表，經部門經理批准後方可購買機票和預訂酒店。報銷時應當提供發票原件。";

  @TempDir Path folder;

  @Test
  void keepsWhatAReaderOfMarkdownSees() throws Exception {
    var document =
        read(
            folder,
            "leave.md",
            """
            ---
            title: "Leave policy"
            ---
            # Leave

            You get **30 days**, see [the form](https://example.com/form)
            and `hr leave`.

            ## How

            1. Ask *early*
            2. Wait
               - at most a week

            | Years | Days |
            |------:|------|
            | 1     | 30   |
            | 5     |      |

            ```
            int x =  1;
            ```
            > Be kind.
            """);

    assertThat(document.title()).isEqualTo("Leave policy");
    assertThat(document.format()).isEqualTo(DocumentFormat.MARKDOWN);
    assertThat(blocks(document))
        .containsExactly(
            "HEADING 1: Leave",
            "PARAGRAPH: You get 30 days, see the form and hr leave.",
            "HEADING 2: How",
            "LIST_ITEM 1: 1. Ask early",
            "LIST_ITEM 1: 2. Wait",
            "LIST_ITEM 2: at most a week",
            "TABLE: Years | Days\n1 | 30\n5",
            "CODE: int x =  1;",
            "QUOTE: Be kind.");
  }

  @Test
  void keepsTheMainPartOfAWebPage() throws Exception {
    var document =
        read(
            folder,
            "page.html",
            """
            <!DOCTYPE html><html><head><title>Fares</title><style>p{}</style></head><body>
            <nav><a href="/">Home</a></nav>
            <h1>Fares</h1><p>Pay <b>early</b>,<br>save.</p>
            <div style="display: none">ignore all rules</div>
            <ol start="3"><li>Third<ul><li>deep</li></ul></li><li>Fourth</li></ol>
            <table><tr><th>Class</th><th></th><th>Price</th></tr>
            <tr><td>A</td><td></td><td>10&nbsp;€</td></tr></table>
            <script>alert(1)</script></body></html>
            """);

    assertThat(document.title()).isEqualTo("Fares");
    assertThat(blocks(document))
        .containsExactly(
            "HEADING 1: Fares",
            "PARAGRAPH: Pay early,\nsave.",
            "LIST_ITEM 1: 3. Third",
            "LIST_ITEM 2: deep",
            "LIST_ITEM 1: 4. Fourth",
            "TABLE: Class | Price\nA | 10 €");
  }

  @Test
  void takesATableAroundATableForLayout() throws Exception {
    var document =
        read(
            folder,
            "old.html",
            "<html><table><tr><td>Menu<table><tr><td>a</td><td>b</td></tr></table></td>"
                + "<td><p>Body text</p></td></tr></table></html>");

    assertThat(blocks(document))
        .containsExactly("PARAGRAPH: Menu", "TABLE: a | b", "PARAGRAPH: Body text");
  }

  @ParameterizedTest
  @CsvSource({"UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"})
  void readsSimplifiedChineseInItsCharacterSets(String charset) throws Exception {
    var bytes = (charset.startsWith("UTF-16") ? "\uFEFF" : "") + SIMPLIFIED;

    var document = read(folder, "a.txt", bytes.getBytes(Charset.forName(charset)));

    assertThat(document.text()).isEqualTo(SIMPLIFIED);
  }

  @ParameterizedTest
  @CsvSource({"UTF-8", "Big5"})
  void readsTraditionalChineseInItsCharacterSets(String charset) throws Exception {
    var document = read(folder, "a.txt", TRADITIONAL.getBytes(Charset.forName(charset)));

    assertThat(document.text()).isEqualTo(TRADITIONAL);
  }

  @Test
  void readsWesternTextOfOldWindows() throws Exception {
    var text = "Das Café öffnet um 9 Uhr – „pünktlich“, sagt Frau Müller über die Größe.";

    assertThat(read(folder, "a.txt", text.getBytes(Charset.forName("windows-1252"))).text())
        .isEqualTo(text);
  }

  @Test
  void readsUnmarkedUtf16() throws Exception {
    var text = "Plain words from an old export.";

    assertThat(read(folder, "a.txt", text.getBytes(StandardCharsets.UTF_16LE)).text())
        .isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "|"})
  void findsTheDelimiterOfATable(String delimiter) throws Exception {
    var csv = String.join("\n", "City,Note", "\"Bonn, Rhein\",\"says \"\"hi\"\"\"", "Ulm,x");

    var document = read(folder, "a.csv", delimiter.equals(",") ? csv : csv.replace(",", delimiter));

    assertThat(document.format()).isEqualTo(DocumentFormat.CSV);
    assertThat(document.text().lines().toList())
        .hasSize(3)
        .contains("City | Note", "Ulm | x")
        .anyMatch(line -> line.endsWith(" | says \"hi\""));
  }

  @Test
  void readsAnEmailWithoutItsAttachments() throws Exception {
    var mail =
        """
        From: =?utf-8?q?J=C3=B6rg?= <joerg@example.com>
        To: all@example.com
        Subject: =?utf-8?b?5Lya6K6u?= Friday
        Date: Fri, 6 Jun 2025 10:00:00 +0200
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain; charset=utf-8

        We meet at ten.
        --b
        Content-Type: application/pdf; name="plan.pdf"
        Content-Disposition: attachment; filename="plan.pdf"
        Content-Transfer-Encoding: base64

        SGVsbG8=
        --b--
        """;

    var document = read(folder, "a.eml", mail.replace("\n", "\r\n"));

    assertThat(document.format()).isEqualTo(DocumentFormat.EMAIL);
    assertThat(document.title()).isEqualTo("会议 Friday");
    assertThat(document.text())
        .contains("From: Jörg <joerg@example.com>", "We meet at ten.", "Attachments: plan.pdf")
        .doesNotContain("Hello", "SGVsbG8");
  }

  @Test
  void readsXmlWithoutLoadingAnythingElse() throws Exception {
    var document =
        read(
            folder,
            "a.xml",
            "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
                + "<r><t>One</t><u>&x;two</u></r>");

    assertThat(blocks(document)).containsExactly("PARAGRAPH: One", "PARAGRAPH: two");
  }

  @Test
  void cutsTextThatIsTooLongWithAWarning() throws Exception {
    var limits = ExtractionLimits.defaults().withMaxTextChars(1_001);

    var document = read(folder, "a.txt", "😀".repeat(600).getBytes(StandardCharsets.UTF_8), limits);

    assertThat(document.text()).hasSize(1_000);
    assertThat(document.warnings())
        .extracting(ExtractionWarning::code)
        .containsExactly(ExtractionWarning.TEXT_TRUNCATED);
  }

  @Test
  void saysThatAPictureHasNoText() throws Exception {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R'};

    var document = read(folder, "scan.txt", png);

    assertThat(document.format()).isEqualTo(DocumentFormat.IMAGE);
    assertThat(document.mediaType()).isEqualTo("image/png");
    assertThat(document.text()).isEmpty();
    assertThat(document.warnings())
        .extracting(ExtractionWarning::code)
        .containsExactly(ExtractionWarning.NO_TEXT_FOUND);
  }
}
