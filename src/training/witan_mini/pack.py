"""Turns texts and tasks into shards of 16-bit tokens.

Bit 15 of a token says that the model is to learn to write it: all of a text, the answer of a task.
A row of a shard ends where its index (32-bit offsets, one more than rows) says.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from .config import END_OF_TEXT, TURN_END, Scale
from .corpus import documents, questions
from .prompt import marks, system, user
from .tasks import Task, TaskWriter, supervised
from .tokenizer import Encoder

LEARNT = 0x8000
TOKEN = 0x7FFF


class ShardWriter:
    """Writes rows into files of limited size."""

    def __init__(self, folder: Path, kind: str, limit_bytes: int) -> None:
        self._folder = folder
        self._kind = kind
        self._limit = limit_bytes
        self._rows: list[np.ndarray] = []
        self._tokens = 0
        self.files: list[dict] = []

    def add(self, row: np.ndarray) -> None:
        # the index is four bytes a row
        if 2 * (self._tokens + len(row)) + 4 * (len(self._rows) + 2) > self._limit:
            self.flush()
        self._rows.append(row)
        self._tokens += len(row)

    def flush(self) -> None:
        if not self._rows:
            return
        name = f"{self._kind}-{len(self.files):03d}"
        data = np.concatenate(self._rows).astype("<u2")
        offsets = np.concatenate([[0], np.cumsum([len(row) for row in self._rows])]).astype("<u4")
        data.tofile(self._folder / f"{name}.bin")
        offsets.tofile(self._folder / f"{name}.idx")
        self.files.append({"name": name, "rows": len(self._rows), "tokens": int(self._tokens),
                           "sha256": hashlib.sha256(data.tobytes()).hexdigest()})
        self._rows, self._tokens = [], 0


def encode_task(encoder: Encoder, task: Task) -> np.ndarray:
    prompt = list(encoder.rules(system()))
    for question, answer in task.history:
        prompt += encoder.turn("user", marks(question)) + encoder.turn("assistant", marks(answer))
    prompt += encoder.turn("user", user(task.question, task.passages)) + encoder.opening()
    answer = encoder.text(task.answer)
    row = np.array(prompt + answer + [TURN_END], dtype=np.uint16)
    row[len(prompt):] |= LEARNT
    return row


def _batches(items: Iterable, size: int) -> Iterator[list]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def pack(corpus: Path, encoder: Encoder, folder: Path, scale: Scale) -> dict:
    """Writes all shards and a manifest that names them."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("*.bin"), *folder.glob("*.idx")]:
        old.unlink()
    settings = scale.pack
    texts = ShardWriter(folder, "lm", settings.shard_bytes)
    reading = ShardWriter(folder, "read", settings.shard_bytes)
    asked = ShardWriter(folder, "qa", settings.shard_bytes)
    # about 2.2 characters of Chinese and 4 of English are a token; too long ones are left out
    writer = TaskWriter(settings.seed, 2 * settings.longest)
    kinds: Counter[str] = Counter()
    for batch in _batches(documents(corpus, settings.sample), 256):
        for ids in encoder.texts([f"# {one.title}\n{one.text}" for one in batch]):
            texts.add(np.array([*ids, END_OF_TEXT], dtype=np.uint16) | LEARNT)
        for document in batch:
            for task in writer.tasks(document, settings.tasks_per_document):
                _add(reading, encoder, task, settings.longest, kinds)
    for line in questions(corpus, max(1, settings.sample // 20)):
        task = supervised(line)
        if task:
            _add(asked, encoder, task, settings.longest, kinds)
    manifest = {"scale": scale.name, "kinds": dict(sorted(kinds.items())), "files": []}
    for shards in (texts, reading, asked):
        shards.flush()
        manifest["files"] += shards.files
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    return manifest


def _add(shards: ShardWriter, encoder: Encoder, task: Task, longest: int,
         kinds: Counter[str]) -> None:
    row = encode_task(encoder, task)
    if len(row) <= longest + 1:
        shards.add(row)
        kinds[task.kind] += 1
    else:
        kinds["too long"] += 1
