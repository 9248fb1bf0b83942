"""The prompt that the chat writes (io.witan.chat.writing.WritingPrompt), word for word.

prompt.json is written by a Java test and read here and by a Python test, so neither can drift.
"""

import json
import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GOLDEN = Path(__file__).with_name("prompt.json")
_NUMBER = re.compile(r"[\[【]([\d\s,;，、–^-]{1,40})[\]】]", re.ASCII)


@dataclass(frozen=True)
class Passage:
    title: str
    text: str
    heading: str = ""
    page: int | None = None


@cache
def golden() -> dict:
    return json.loads(GOLDEN.read_text(encoding="utf-8"))


def system() -> str:
    return golden()["system"]


def absent() -> str:
    return golden()["absent"]


@cache
def _mark() -> re.Pattern:
    invisible = "".join(re.escape(chr(c)) for c in range(sys.maxunicode + 1)
                        if unicodedata.category(chr(c)) == "Cf")
    words = "|".join(rf"[\s/{invisible}]*" + f"[{invisible}]*".join(word)
                     for word in ("passag", "quest"))
    return re.compile(f"[<＜﹤](?={words})", re.ASCII | re.IGNORECASE)


def marks(text: str) -> str:
    return _mark().sub("‹", text)


def data(text: str) -> str:
    """A document's text in which nothing looks like our marks or like a citation."""
    return _NUMBER.sub(r"(\1)", marks(text))


def _heading(passage: Passage) -> str:
    above = f" › {passage.heading}" if passage.heading else ""
    page = "" if passage.page is None else f" (p. {passage.page})"
    return re.sub(r"\s+", " ", data(passage.title + above + page), flags=re.ASCII)


def user(question: str, passages: list[Passage]) -> str:
    text = "".join(
        f'<passage number="{number}">\n{_heading(passage)}\n\n{data(passage.text)}\n</passage>\n\n'
        for number, passage in enumerate(passages, 1))
    return f"{text}<question>\n{marks(question)}\n</question>"
