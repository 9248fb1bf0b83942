"""python3 -m witan_mini tokenizer|pack|train|export|check|random|all --scale toy|cpu|mini"""

import argparse
import json
import shlex
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path

from .config import SCALES, Scale

_ROOT = Path(__file__).resolve().parents[3]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="witan_mini", description=__doc__)
    parser.add_argument("step", choices=[*STEPS, "all"])
    parser.add_argument("--scale", choices=SCALES, default="toy")
    parser.add_argument("--corpus", type=Path, default=_ROOT.parent / "shared" / "corpus")
    parser.add_argument("--work", type=Path, help="default: var/training/<scale>")
    parser.add_argument("--data", type=Path, help="shards; default: <work>/data")
    parser.add_argument("--witan", default=str(_ROOT / "witan"), help="how the engine is started")
    parser.add_argument("--tokens", type=int, help="to read in all, instead of the scale's")
    parser.add_argument("--sample", type=int, help="take every n-th document only")
    parser.add_argument("--device", help="cuda or cpu; default: what is there")
    parser.add_argument("--threads", type=int, help="of PyTorch on the CPU")
    parser.add_argument("--budget-seconds", type=float, default=float("inf"))
    parser.add_argument("--checkpoint-seconds", type=float, default=420)
    parser.add_argument("--start", type=Path, help="weights of an earlier run to begin with")
    parser.add_argument("--slim", action="store_true", help="also save the weights alone")
    parser.add_argument("--compile", action="store_true", help="torch.compile, on CUDA")
    return parser.parse_args()


class Recipe:
    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.scale: Scale = SCALES[arguments.scale]
        if arguments.tokens:
            self.scale = replace(self.scale, train=replace(self.scale.train,
                                                           tokens=arguments.tokens))
        if arguments.sample:
            self.scale = replace(self.scale, pack=replace(self.scale.pack,
                                                          sample=arguments.sample))
        self.work: Path = arguments.work or _ROOT / "var" / "training" / arguments.scale
        self.data: Path = arguments.data or self.work / "data"
        self.vocabulary = self.data / "tokenizer.json"

    def tokenizer(self) -> bool:
        from . import tokenizer
        from .corpus import documents
        texts = documents(self.arguments.corpus, self.scale.pack.tokenizer_sample)
        self.data.mkdir(parents=True, exist_ok=True)
        made = tokenizer.train((one.text for one in texts), self.scale.model.vocabulary)
        made.save(str(self.vocabulary))
        return True

    def _encoder(self):
        from . import tokenizer
        return tokenizer.Encoder(tokenizer.load(self.vocabulary))

    def pack(self) -> bool:
        from .pack import pack
        manifest = pack(self.arguments.corpus, self._encoder(), self.data, self.scale)
        print(json.dumps(manifest, indent=1))
        return True

    def train(self) -> bool:
        import torch

        from .train import Trainer, load
        if self.arguments.threads:
            torch.set_num_threads(self.arguments.threads)
        device = self.arguments.device or ("cuda" if torch.cuda.is_available() else "cpu")
        trainer = Trainer(self.scale, self.data, self.work, device, self.arguments.compile)
        if not trainer.resume() and self.arguments.start:
            trainer.model.load_state_dict(load(self.arguments.start)["model"])
        done = trainer.run(self.arguments.budget_seconds, self.arguments.checkpoint_seconds)
        if self.arguments.slim:
            trainer.save_slim()
        print(json.dumps({"done": done, "step": trainer.step, "of": len(trainer.steps),
                          "tokens": trainer.tokens}))
        return True

    def _weights(self):
        from .train import load
        path = self.work / "checkpoint.pt"
        state = load(path if path.exists() else self.work / "slim.pt")
        return state["model"]

    def _files(self) -> dict[bool, Path]:
        return {False: self.work / "witan-mini-f32.gguf", True: self.work / "witan-mini-q8_0.gguf"}

    def _export(self, weights) -> bool:
        from .export import export
        for packed, file in self._files().items():
            export(self.scale.model, weights, self.vocabulary, file, packed)
            print(f"{file}: {file.stat().st_size:,} bytes")
        return True

    def export(self) -> bool:
        return self._export(self._weights())

    def random(self) -> bool:
        """A file of random weights, to measure speed before anything is trained."""
        from .model import Decoder
        return self._export(Decoder(self.scale.model, 1).state_dict())

    def check(self) -> bool:
        from .check import check
        return check(shlex.split(self.arguments.witan), self._files(), self.scale.model,
                     self._weights(), self._encoder())

    def sample(self) -> bool:
        """Shows some of the tasks that are trained on."""
        from .corpus import documents
        from .prompt import user
        from .tasks import TaskWriter
        writer = TaskWriter(self.scale.pack.seed, 2_000)
        for document in islice(documents(self.arguments.corpus, 500), 40):
            for task in writer.tasks(document, 1):
                print(f"--- {task.kind}\n{user(task.question, task.passages)}\n>>> {task.answer}\n")
        return True


STEPS = ("tokenizer", "pack", "train", "export", "check", "random", "sample")


def main() -> int:
    recipe = Recipe(_arguments())
    step = recipe.arguments.step
    for name in STEPS[:5] if step == "all" else (step,):
        if not getattr(recipe, name)():
            print(f"{name} failed", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
