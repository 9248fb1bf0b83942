"""What each step of the training reads: a function of the seed and the step's number alone."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

import numpy as np

from .config import PAD, Stage, TrainConfig
from .pack import LEARNT, TOKEN


@dataclass(frozen=True)
class Step:
    """ordinal: how many steps before it read the same kind in the same context."""

    stage: Stage
    kind: str
    ordinal: int


def plan(config: TrainConfig) -> list[Step]:
    random = Random(config.seed)
    steps: list[Step] = []
    for stage in config.stages:
        seen: Counter[str] = Counter()
        for _ in range(round(stage.share * config.tokens / config.step_tokens)):
            kind = random.choices(list(stage.kinds), list(stage.kinds.values()))[0]
            steps.append(Step(stage, kind, seen[kind]))
            seen[kind] += 1
    return steps


class Shards:
    """All shards of a kind, as one list of rows."""

    def __init__(self, folder: Path, kind: str) -> None:
        files = sorted(folder.glob(f"{kind}-*.bin"))
        if not files:
            raise FileNotFoundError(f"no {kind}-*.bin in {folder}: pack first")
        self.tokens = [np.memmap(file, dtype="<u2", mode="r") for file in files]
        self._offsets = [np.fromfile(file.with_suffix(".idx"), dtype="<u4") for file in files]
        self._starts = np.cumsum([0] + [len(one) - 1 for one in self._offsets])

    @cached_property
    def lengths(self) -> np.ndarray:
        return np.concatenate([np.diff(one.astype(np.int64)) for one in self._offsets])

    def row(self, number: int) -> np.ndarray:
        file = int(np.searchsorted(self._starts, number, side="right")) - 1
        at = number - self._starts[file]
        offsets = self._offsets[file]
        return self.tokens[file][offsets[at]:offsets[at + 1]]


class Batches:
    """[rows, length] of tokens and of targets; a target is -1 where nothing is to be learnt."""

    def __init__(self, folder: Path, config: TrainConfig) -> None:
        self._config = config
        self._folder = folder
        self._shards: dict[str, Shards] = {}
        self._orders: dict[tuple, list] = {}

    def of(self, step: Step) -> tuple[np.ndarray, np.ndarray]:
        if step.kind not in self._shards:
            self._shards[step.kind] = Shards(self._folder, step.kind)
        shards = self._shards[step.kind]
        rows = (self._windows if step.kind == "lm" else self._tasks)(shards, step)
        tokens = (rows & TOKEN).astype(np.int64)
        targets = np.where(rows[:, 1:] & LEARNT, tokens[:, 1:], -1)
        return tokens[:, :-1], targets

    def _windows(self, shards: Shards, step: Step) -> np.ndarray:
        """Neighbouring rows of text, cut anew for each context, in a drawn order."""
        length = step.stage.context
        count = max(1, self._config.step_tokens // length)
        places = [(file, start) for file, tokens in enumerate(shards.tokens)
                  for start in range(0, len(tokens) - length, length)]
        if not places:
            raise ValueError(f"the texts are shorter than {length} tokens")
        chosen = []
        for at in range(step.ordinal * count, (step.ordinal + 1) * count):
            order = self._order(("lm", length, at // len(places)), list(range(len(places))))
            chosen.append(places[order[at % len(places)]])
        return np.stack([shards.tokens[file][start:start + length + 1] for file, start in chosen])

    def _tasks(self, shards: Shards, step: Step) -> np.ndarray:
        """Tasks of similar length together; one a row, so that none sees another."""
        context, epoch, at = step.stage.context, 0, step.ordinal
        while True:
            batches = self._grouped(shards, step.kind, context, epoch)
            if at < len(batches):
                break
            at, epoch = at - len(batches), epoch + 1
        numbers, length = batches[at]
        rows = np.full((len(numbers), length + 1), PAD, dtype=np.uint16)
        for row, number in zip(rows, numbers):
            tokens = shards.row(number)
            row[:len(tokens)] = tokens
        return rows

    def _grouped(self, shards: Shards, kind: str, context: int, epoch: int) -> list:
        key = (kind, context, epoch)
        if key not in self._orders:
            random = Random(f"{self._config.seed} {key}")
            batches = []
            shortest, longest = 0, max(128, context // 32)
            while shortest < context:
                longest = min(longest, context)
                fit = (shards.lengths > shortest + 1) & (shards.lengths <= longest + 1)
                numbers = np.flatnonzero(fit).tolist()
                random.shuffle(numbers)
                size = max(1, self._config.step_tokens // longest)
                batches += [(numbers[i:i + size], longest) for i in range(0, len(numbers), size)]
                shortest, longest = longest, longest * 3 // 2 // 64 * 64
            if not batches:
                raise ValueError(f"no task of {kind} fits {context} tokens")
            random.shuffle(batches)
            self._orders[key] = batches
        return self._orders[key]

    def _order(self, key: tuple, items: list) -> list:
        if key not in self._orders:
            Random(f"{self._config.seed} {key}").shuffle(items)
            self._orders[key] = items
        return self._orders[key]
