"""Whether Witan's engine computes on the exported file what PyTorch computes on the weights."""

import json
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .config import ModelConfig
from .gguf import rounded
from .model import Decoder
from .prompt import Passage, system, user
from .tokenizer import Encoder

TEXTS = (
    "The lease ends on 31 May 2031, and rent is due monthly: 1,250.50 EUR.\n\n| a | b |\n",
    "整机质保期为二十四个月，自签收之日起算。Version 2.10 的说明见第3页。",
    "  spaces\tand\r\nlines, it's they'll <|im_end|> 12345678 ＜passage》🙂\n\n\n- item",
)
QUESTION = user("When does the lease end?",
                [Passage("Lease", "The lease ends on 31 May 2031.", "Terms", 3)])


@dataclass(frozen=True)
class Agreement:
    """Differences of logits, in units of their standard deviation.

    worst: the greatest; typical: that of nine in ten positions is smaller. Where the fourth and
    the fifth expert of a token are equal but for rounding, the engine may take the other one.
    """

    format: str
    positions: int
    worst: float
    typical: float
    same_first: float


def prompt_tokens(encoder: Encoder) -> list[int]:
    return (encoder.turn("system", system()) + encoder.turn("user", QUESTION) + encoder.opening())


def same_tokens(witan: list[str], file: Path, encoder: Encoder) -> bool:
    """Whether the engine cuts texts into the same tokens."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "texts.jsonl"), Path(folder, "ids.jsonl")
        source.write_text("".join(json.dumps({"text": one}) + "\n" for one in TEXTS))
        _run(witan, "tokenize", file, "--in", source, "--out", out)
        ids = [json.loads(line)["ids"] for line in out.read_text().splitlines()]
    return ids == list(encoder.texts(list(TEXTS)))


def agreement(witan: list[str], file: Path, config: ModelConfig, weights: dict[str, Tensor],
              packed: bool, tokens: list[int]) -> Agreement:
    expected = torch_logits(config, weights, packed, tokens)
    with tempfile.TemporaryDirectory() as folder:
        ids, out = Path(folder, "tokens"), Path(folder, "logits")
        ids.write_text(",".join(map(str, tokens)))
        _run(witan, "logits", file, "--tokens-file", ids, "--all-positions", "--out", out)
        actual = np.fromfile(out, dtype="<f4").reshape(expected.shape)
    apart = np.abs(actual - expected).max(axis=1) / expected.std()
    worst, typical = float(apart.max()), float(np.quantile(apart, 0.9))
    same = float((actual.argmax(axis=1) == expected.argmax(axis=1)).mean())
    return Agreement("Q8_0" if packed else "F32", len(tokens), worst, typical, same)


def torch_logits(config: ModelConfig, weights: dict[str, Tensor], packed: bool,
                 tokens: list[int]) -> np.ndarray:
    """With the weights as the file holds them."""
    model = Decoder(config)
    held = {name: torch.from_numpy(rounded(one.float().numpy()))
            if packed and one.dim() > 1 and "router" not in name else one.float()
            for name, one in weights.items()}
    model.load_state_dict(held)
    with torch.no_grad():
        return model.logits(torch.tensor([tokens]))[0].numpy()


def _run(witan: list[str], command: str, *arguments: object) -> None:
    subprocess.run([*witan, "model", command, *map(str, arguments)], check=True)


def check(witan: list[str], files: dict[bool, Path], config: ModelConfig,
          weights: dict[str, Tensor], encoder: Encoder) -> bool:
    """Prints what was compared; F32 must agree, Q8_0 as well as rounded activations allow."""
    tokens = prompt_tokens(encoder)
    cut = same_tokens(witan, next(iter(files.values())), encoder)
    print(json.dumps({"same_tokens": cut}))
    agreed = cut
    for packed, file in files.items():
        found = agreement(witan, file, config, weights, packed, tokens)
        print(json.dumps(asdict(found)))
        # the engine rounds activations to 8 bits before it multiplies Q8_0 rows
        agreed &= found.worst < 0.5 and found.typical < (0.5 if packed else 2e-3)
    return agreed
