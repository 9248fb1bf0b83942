"""Prompts are the chat's; tasks can be answered from their passages, or say that they cannot."""

import re
import unittest
from random import Random

from witan_mini import tasks
from witan_mini.corpus import Document, Section
from witan_mini.prompt import Passage, absent, golden, user

ENGLISH = """# Leases
A lease is an agreement about the use of a thing. The Rental Office keeps 45 leases.
Each lease of the Rental Office ends after 24 months.

# Fees
| Fee | Amount | Due |
| --- | --- | --- |
| Parking | 35 EUR | monthly |
| Cleaning | 120 EUR | yearly |

# Papers
- a passport or an identity card
- the signed form
"""
CHINESE = """# 质保
质保期是指厂家负责维修的时间。整机质保期为24个月，电池为12个月。《售后手册》说明细则，《售后手册》每年更新一次。

# 退货
收到货物后七天内可以退货，退货时须出示发票和保修卡。
"""


class PromptTests(unittest.TestCase):
    def test_prompts_are_those_that_the_chat_writes(self):
        for case in golden()["cases"]:
            passages = [Passage(one["title"], one["text"], one["heading"], one["page"])
                        for one in case["passages"]]
            self.assertEqual(user(case["question"], passages), case["user"])

    def test_the_rules_name_the_word_for_absent_answers(self):
        self.assertIn(f"exactly {absent()} ", golden()["system"])


class TaskTests(unittest.TestCase):
    def test_citations_stand_before_the_full_stop(self):
        self.assertEqual(tasks.cite("It ends.", 2), "It ends [2].")
        self.assertEqual(tasks.cite("24", 1, 3), "24 [1][3]")
        self.assertEqual(tasks.cite("到期。", 1), "到期 [1]。")

    def test_each_kind_of_question_is_made(self):
        made = set()
        for language, text in (("en", ENGLISH), ("zh", CHINESE)):
            document = Document("d", language, "T", text)
            for section in document.sections():
                for maker in tasks.MAKERS:
                    ask = maker(Random(1), language == "zh", section)
                    if ask:
                        made.add(ask.kind)
        self.assertEqual(made, {"heading", "definition", "figure", "span", "yes-no", "table",
                                "list"})

    def test_a_cell_is_asked_for_by_its_row_and_column(self):
        section = Document("d", "en", "T", ENGLISH).sections()[1]

        ask = tasks.table(Random(3), False, section)

        cells = {"What is the Amount of Parking?": "35 EUR", "What is the Due of Parking?": "monthly",
                 "What is the Amount of Cleaning?": "120 EUR", "What is the Due of Cleaning?": "yearly"}
        self.assertEqual(cells[ask.question], ask.answer)

    def test_answers_stand_in_the_cited_passage_and_refusals_have_none(self):
        answered = refused = 0
        for language, text in (("en", ENGLISH), ("zh", CHINESE)):
            writer = tasks.TaskWriter(1, 4_000)
            for number in range(60):
                other = text.replace("24", str(100 + number))
                document = Document(f"d{number}", language, f"T{number}", other)
                for task in writer.tasks(document, 3):
                    if task.answer == absent():
                        refused += 1
                        continue
                    cited = int(re.search(r"\[(\d+)]", task.answer).group(1))
                    passage = task.passages[cited - 1].text
                    if task.kind in ("figure", "span", "table"):
                        self.assertIn(task.answer.rsplit(" [", 1)[0], passage)
                    self.assertLessEqual(cited, len(task.passages))
                    answered += 1
        self.assertGreater(answered, 100)
        self.assertGreater(refused, 20)

    def test_a_needle_stands_in_its_passage(self):
        section, ask = tasks.needle(Random(5), False, Section("H", "One.\n\nTwo."))

        value = re.search(r"\d{4,6}", ask.answer).group()
        self.assertIn(f"is {value}.", section.text)

    def test_the_same_seed_draws_the_same_tasks(self):
        document = Document("d", "zh", "T", CHINESE)
        self.assertEqual(tasks.TaskWriter(7, 999).tasks(document, 5),
                         tasks.TaskWriter(7, 999).tasks(document, 5))

    def test_supervised_questions_cite_their_gold_passages(self):
        line = {"lang": "en", "question": "When?", "answerable": True, "answers": ["May", "x"],
                "gold": [1], "passages": [{"title": "a", "text": "b"}, {"title": "c", "text": "May"}]}

        self.assertEqual(tasks.supervised(line).answer, "May [2]")
        self.assertEqual(tasks.supervised({**line, "answerable": False}).answer, absent())
        self.assertIsNone(tasks.supervised({**line, "gold": []}))

    def test_earlier_turns_come_before_the_question(self):
        said = [{"role": "user", "text": "a?"}, {"role": "user", "text": "b?"},
                {"role": "agent", "text": "B."}, {"role": "user", "text": "c?"},
                {"role": "agent", "text": "C."}]
        line = {"lang": "en", "question": "When?", "answerable": False, "passages": [],
                "history": said}

        self.assertEqual(tasks.supervised(line).history, (("b?", "B."), ("c?", "C.")))


if __name__ == "__main__":
    unittest.main()
