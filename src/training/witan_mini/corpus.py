"""Reads the training texts and questions."""

import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Section:
    heading: str
    text: str


@dataclass(frozen=True)
class Document:
    id: str
    language: str
    title: str
    text: str

    def sections(self) -> list[Section]:
        """The text cut at its headings; no section is longer than a few passages."""
        parts = re.split(r"(?m)^# +(.*)$", self.text)
        found = [Section("", parts[0].strip())]
        found += [Section(parts[i].strip(), parts[i + 1].strip())
                  for i in range(1, len(parts) - 1, 2)]
        return [piece for section in found if section.text
                for piece in _pieces(section)]


def _pieces(section: Section, longest: int = 1_600) -> Iterator[Section]:
    text = ""
    for paragraph in section.text.split("\n\n"):
        if text and len(text) + len(paragraph) > longest:
            yield Section(section.heading, text)
            text = ""
        text = f"{text}\n\n{paragraph}" if text else paragraph
    if text:
        yield Section(section.heading, text[:4 * longest])


def lines(path: Path) -> Iterator[dict]:
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def documents(folder: Path, sample: int = 1) -> Iterator[Document]:
    """Every sample-th document, English and Chinese in turn, always in the same order."""
    streams = [_language(folder, language, sample) for language in ("en", "zh")]
    while streams:
        for stream in list(streams):
            # twice as many English ones exist
            for _ in range(2 if stream is streams[0] and len(streams) == 2 else 1):
                document = next(stream, None)
                if document is None:
                    streams.remove(stream)
                    break
                yield document


def _language(folder: Path, language: str, sample: int) -> Iterator[Document]:
    files = sorted(folder.glob(f"{language}-*.jsonl.xz"))
    if not files:
        raise FileNotFoundError(f"no {language}-*.jsonl.xz in {folder}")
    number = 0
    for file in files:
        for line in lines(file):
            if number % sample == 0:
                yield Document(line["id"], line["lang"], line["title"], line["text"])
            number += 1


def questions(folder: Path, sample: int = 1) -> Iterator[dict]:
    """The supervised questions of the train split, and never another one."""
    for number, line in enumerate(lines(folder / "qa-train.jsonl.xz")):
        if line["split"] != "train":
            raise ValueError(f"{line['id']} is of the split {line['split']}: not for training")
        if number % sample == 0:
            yield line
