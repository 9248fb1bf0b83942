package io.witan.documents.extraction.worker;

import java.util.Set;

/** How elements of HTML, and of the XHTML that Tika makes, take part in the text. */
final class MarkupTag {

  private static final Set<String> SKIPPED =
      Set.of(
          "script",
          "style",
          "noscript",
          "template",
          "svg",
          "math-template",
          "iframe",
          "object",
          "embed",
          "canvas",
          "nav",
          "select",
          "audio",
          "video",
          "map");

  private static final Set<String> INLINE =
      Set.of(
          "a",
          "abbr",
          "acronym",
          "b",
          "bdi",
          "bdo",
          "br",
          "big",
          "cite",
          "code",
          "data",
          "del",
          "dfn",
          "em",
          "font",
          "i",
          "img",
          "ins",
          "kbd",
          "label",
          "mark",
          "q",
          "rp",
          "rt",
          "ruby",
          "s",
          "samp",
          "small",
          "span",
          "strike",
          "strong",
          "sub",
          "sup",
          "time",
          "tt",
          "u",
          "var",
          "wbr",
          "html",
          "thead",
          "tbody",
          "tfoot",
          "colgroup",
          "col",
          "input",
          "button",
          "meta",
          "link");

  private MarkupTag() {}

  static boolean isSkipped(String tag) {
    return SKIPPED.contains(tag);
  }

  /** True where the element ends the paragraph before it and starts a new one. */
  static boolean breaksParagraph(String tag) {
    return !INLINE.contains(tag) && tag.indexOf(':') < 0;
  }

  /** 1–6, or 0 where the tag is no heading. */
  static int headingLevel(String tag) {
    return tag.length() == 2 && tag.charAt(0) == 'h' && tag.charAt(1) >= '1' && tag.charAt(1) <= '6'
        ? tag.charAt(1) - '0'
        : 0;
  }
}
