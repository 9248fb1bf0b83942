"""Reading tasks made from documents: each is a prompt of the chat and the answer that is wanted.

Whatever is asked for stands in a passage, and the answer names it; a seeded generator draws.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from .corpus import Document, Section
from .prompt import Passage, absent, data


@dataclass(frozen=True)
class Task:
    """answer ends with its citations, or is the word for: not in the documents."""

    kind: str
    question: str
    passages: list[Passage]
    answer: str
    history: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Ask:
    """A question about one passage, with the text that answers it."""

    kind: str
    question: str
    answer: str


Maker = Callable[[Random, bool, Section], Ask | None]

_SENTENCE = re.compile(r"[^。！？!?\n]*?(?:[。！？]|[.!?](?=\s|$)|$)")
_FIGURE = re.compile(r"(?<![\w.])\d[\d,.:/-]*\d|(?<![\w.])\d(?![\w.])")
_NAME = re.compile(r"\b[A-Z][\w-]+(?: [A-Z][\w-]+)+\b|[A-Za-z][\w.-]{3,}|《[^》]{2,20}》|“[^”]{2,20}”")
_DEFINED = re.compile(r"^(?:An? |The )?([A-Z][\w ()-]{2,50}?) (?:is|are) (?:an?|the|any) \w+")
_DEFINED_ZH = re.compile(r"^([^，。、；：\s]{2,16})(?:是指|是一种|是一个|指的是|即)")
_ITEM = re.compile(r"(?m)^\s*(?:[-*•]|\d+[.)])\s+(\S.{2,120})$")


def sentences(text: str) -> list[str]:
    """Whole sentences of running text."""
    prose = "\n".join(line for line in text.split("\n")
                      if not line.lstrip().startswith(("|", "```", "-", "*")))
    found = (match.group().strip() for match in _SENTENCE.finditer(prose))
    return [one for one in found if 12 <= len(one) <= 320]


def cite(answer: str, *numbers: int) -> str:
    """The answer with its citations before the full stop, as the rules of the prompt show it."""
    mark = "".join(f"[{number}]" for number in numbers)
    text = data(answer).strip()
    if text.endswith((".", "。")):
        return f"{text[:-1].rstrip()} {mark}{text[-1]}"
    return f"{text} {mark}"


def heading(random: Random, chinese: bool, section: Section) -> Ask | None:
    found = sentences(section.text)
    if not section.heading or not found:
        return None
    name = section.heading
    if name.endswith(("?", "？")):
        question = name
    elif chinese:
        question = random.choice(("关于“{}”，文件怎么说？", "{}是怎么规定的？", "请说明{}。")).format(name)
    else:
        question = random.choice(("What do the documents say about {}?", "{}?",
                                  "Tell me about {}.")).format(name)
    return Ask("heading", question, found[0])


def definition(random: Random, chinese: bool, section: Section) -> Ask | None:
    for sentence in sentences(section.text):
        match = (_DEFINED_ZH if chinese else _DEFINED).match(sentence)
        if match:
            term = match.group(1)
            ways = ("什么是{}？", "{}是什么？") if chinese else ("What is {}?", "Define {}.")
            return Ask("definition", random.choice(ways).format(term), sentence)
    return None


def _gap(random: Random, chinese: bool, section: Section, pattern: re.Pattern, kind: str,
         ways: tuple[str, str]) -> Ask | None:
    candidates = [(one, match) for one in sentences(section.text)
                  for match in pattern.finditer(one) if len(one) > 2 * len(match.group())]
    if not candidates:
        return None
    sentence, match = random.choice(candidates)
    before = sentence[:match.start()].strip()
    after = sentence[match.end():].strip()
    asked = f"{before[-80:]} … {after[:80]}".strip()
    return Ask(kind, ways[chinese].format(asked), match.group())


def figure(random: Random, chinese: bool, section: Section) -> Ask | None:
    return _gap(random, chinese, section, _FIGURE, "figure",
                ("Which number or date is left out here: {}", "这里缺的数字或日期是什么：{}"))


def span(random: Random, chinese: bool, section: Section) -> Ask | None:
    """A name that occurs again in the same passage."""
    names = [match.group() for match in _NAME.finditer(section.text)]
    recurring = sorted({one for one in names if names.count(one) > 1})
    if not recurring:
        return None
    pattern = re.compile(re.escape(random.choice(recurring)))
    return _gap(random, chinese, section, pattern, "span",
                ("What is left out here: {}", "这里缺的是什么：{}"))


def yes_no(random: Random, chinese: bool, section: Section) -> Ask | None:
    candidates = [one for one in sentences(section.text) if _FIGURE.search(one)]
    if not candidates:
        return None
    sentence = random.choice(candidates)
    claim = sentence
    if random.random() < 0.5:
        match = random.choice(list(_FIGURE.finditer(sentence)))
        digits = [random.choice("123456789") if c.isdigit() else c for c in match.group()]
        claim = sentence[:match.start()] + "".join(digits) + sentence[match.end():]
    right = claim == sentence
    if chinese:
        return Ask("yes-no", f"“{claim.rstrip('。')}”，对吗？", f"{'是' if right else '否'}。{sentence}")
    return Ask("yes-no", f"Is this right: {claim.rstrip('.')}?",
               f"{'Yes' if right else 'No'}. {sentence}")


def table(random: Random, chinese: bool, section: Section) -> Ask | None:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")]
            for line in section.text.split("\n") if line.strip().startswith("|")]
    rows = [row for row in rows if not all(set(cell) <= set("-: ") for cell in row)]
    if len(rows) < 3 or len(rows[0]) < 2:
        return None
    places = [(row, column) for row in rows[1:] if len(row) == len(rows[0]) and row[0]
              for column in range(1, len(row)) if row[column] and rows[0][column]]
    if not places:
        return None
    row, column = random.choice(places)
    way = "{1}的“{0}”是什么？" if chinese else "What is the {0} of {1}?"
    return Ask("table", way.format(rows[0][column], row[0]), row[column][:200])


def listing(random: Random, chinese: bool, section: Section) -> Ask | None:
    items = _ITEM.findall(section.text)
    if not section.heading or not 2 <= len(items) <= 8:
        return None
    way = "“{}”列出了哪些内容？" if chinese else "What is listed under {}?"
    return Ask("list", way.format(section.heading), ("；" if chinese else "; ").join(items))


MAKERS: tuple[Maker, ...] = (heading, definition, figure, span, yes_no, table, listing)

_THINGS = (("locker", "badge", "invoice", "room", "server", "meter"),
           ("储物柜", "工牌", "发票", "会议室", "服务器", "电表"))


def needle(random: Random, chinese: bool, section: Section) -> tuple[Section, Ask]:
    """The section with a made-up fact in it that no document holds."""
    thing = random.choice(_THINGS[chinese])
    label = "".join(random.choices("ABCDEFGHJKMNPQRSTUVWXYZ", k=2)) + str(random.randrange(10, 99))
    value = str(random.randrange(1_000, 999_999))
    fact, question = ((f"{thing}{label}的编号是{value}。", f"{thing}{label}的编号是多少？") if chinese
                      else (f"The number of {thing} {label} is {value}.",
                            f"What is the number of {thing} {label}?"))
    paragraphs = section.text.split("\n\n")
    paragraphs.insert(random.randrange(len(paragraphs) + 1), fact)
    answer = random.choice((value, fact))
    return Section(section.heading, "\n\n".join(paragraphs)), Ask("needle", question, answer)


class TaskWriter:
    """Puts questions among passages of their own and of earlier documents."""

    _REMEMBERED = 400

    def __init__(self, seed: int, longest_characters: int) -> None:
        self._random = Random(seed)
        self._longest = longest_characters
        self._others: dict[bool, list[Passage]] = {False: [], True: []}

    def tasks(self, document: Document, count: int) -> list[Task]:
        chinese = document.language == "zh"
        sections = document.sections()
        made = [self._task(document, chinese, sections) for _ in range(count)] if sections else []
        self._remember(document, chinese, sections)
        return [task for task in made if task is not None]

    def _remember(self, document: Document, chinese: bool, sections: list[Section]) -> None:
        others = self._others[chinese]
        for section in sections[:6]:
            passage = _passage(document, section)
            if len(others) < self._REMEMBERED:
                others.append(passage)
            else:
                others[self._random.randrange(len(others))] = passage

    def _task(self, document: Document, chinese: bool, sections: list[Section]) -> Task | None:
        random = self._random
        section = random.choice(sections)
        if random.random() < 0.12:
            section, ask = needle(random, chinese, section)
        else:
            asks = [ask for maker in MAKERS if (ask := maker(random, chinese, section))]
            if not asks:
                return None
            ask = random.choice(asks)
        if not ask.answer.strip() or len(ask.answer) > 800:
            return None
        own = _passage(document, section)
        passages = self._distractors(document, chinese, own, ask, sections)
        if random.random() < 0.2 and len(passages) > 0:
            return Task("none-" + ask.kind, ask.question, passages, absent())
        place = random.randrange(len(passages) + 1)
        passages.insert(place, own)
        return Task(ask.kind, ask.question, passages, cite(ask.answer, place + 1))

    def _distractors(self, document: Document, chinese: bool, own: Passage, ask: Ask,
                     sections: list[Section]) -> list[Passage]:
        """None holds the answer; a few tasks are as long as the longest context."""
        random = self._random
        room = random.choice((0, 600, 1_500, 3_000, self._longest)) - len(own.text)
        near = [_passage(document, one) for one in sections if one.text != own.text]
        random.shuffle(near)
        others = random.sample(self._others[chinese], len(self._others[chinese]))
        chosen: list[Passage] = []
        key = ask.answer[:60]
        for passage in near[:3] + others:
            room -= len(passage.text) + 80
            if room < 0:
                break
            # the same section, cut, would answer too
            same = passage.heading == own.heading and passage.title == own.title
            if key not in passage.text and not same:
                chosen.append(passage)
        random.shuffle(chosen)
        return chosen


def _passage(document: Document, section: Section) -> Passage:
    above = "" if section.heading == document.title else section.heading
    return Passage(document.title, section.text, above)


def supervised(line: dict) -> Task | None:
    """A question of the train split in the form of the chat; None if nothing says what is right."""
    passages = [Passage(one["title"], one["text"]) for one in line["passages"]]
    history = _history(line.get("history") or [])
    if not line["answerable"]:
        return Task("qa-none", line["question"], passages, absent(), history)
    if not line["gold"] or not line["answers"]:
        return None
    answers = line["answers"] if line.get("answers_mode") == "all_of" else line["answers"][:1]
    separator = "、" if line["lang"].startswith("zh") else ", "
    numbers = [index + 1 for index in line["gold"]][:3]
    return Task("qa", line["question"], passages, cite(separator.join(answers), *numbers), history)


def _history(messages: list[dict]) -> tuple[tuple[str, str], ...]:
    """The last three turns that have both sides, as many as the chat shows at most."""
    turns = [(asked["text"], told["text"]) for asked, told in zip(messages, messages[1:])
             if asked["role"] == "user" and told["role"] != "user" and told["text"].strip()]
    return tuple(turns[-3:])
