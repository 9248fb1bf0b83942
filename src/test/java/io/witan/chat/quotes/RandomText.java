package io.witan.chat.quotes;

import java.util.Random;

/** Text with everything that extraction may produce: paragraphs, lists, tables, odd characters. */
final class RandomText {
  private static final String[] ENGLISH = {
    "leave",
    "travel",
    "the",
    "policy",
    "Dr.",
    "e.g.",
    "3.5",
    "cost",
    "€20",
    "*bold*",
    "<b>",
    "[x](y)",
    "employees",
    "|",
    "😀",
    "a_b",
    "refund",
    "U.S."
  };
  private static final String[] CHINESE = {
    "员工", "年假", "的", "政策", "三天", "报销", "𠮷野家", "（附件）", "“请假”", "A4", "费用", "制度"
  };

  private RandomText() {}

  static String of(Random random, boolean chinese) {
    var text = new StringBuilder();
    int blocks = 1 + random.nextInt(6);
    for (int i = 0; i < blocks; i++) {
      if (i > 0) {
        text.append(random.nextBoolean() ? "\n\n" : "\n");
      }
      switch (random.nextInt(5)) {
        case 0 -> text.append(sentence(random, chinese)).append(" | ").append(i).append(" |");
        case 1 -> text.append(i + 1).append(". ").append(sentence(random, chinese));
        case 2 -> text.append("• ").append(sentence(random, chinese));
        case 3 -> text.append(sentence(random, chinese)).append(chinese ? "：" : ":");
        default -> {
          for (int s = random.nextInt(4); s >= 0; s--) {
            text.append(sentence(random, chinese)).append(chinese ? "" : " ");
          }
        }
      }
    }
    return text.toString();
  }

  static String sentence(Random random, boolean chinese) {
    var words = chinese ? CHINESE : ENGLISH;
    var sentence = new StringBuilder();
    int length = 1 + random.nextInt(20);
    for (int i = 0; i < length; i++) {
      sentence.append(words[random.nextInt(words.length)]).append(chinese ? "" : " ");
    }
    return sentence.toString().strip() + (chinese ? "。" : ".");
  }
}
