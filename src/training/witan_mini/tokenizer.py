"""Byte pairs of both languages, cut as DBRX cuts them, so that other engines agree."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from .config import SPECIAL_TOKENS, TURN_END, TURN_START

# tokenizer.ggml.pre = dbrx
WORDS = (r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+"
         r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")

CHAT_TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content']"
    " + '<|im_end|>' + '\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}")


def train(texts: Iterable[str], vocabulary: int) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(WORDS), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary, special_tokens=list(SPECIAL_TOKENS), show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), max_token_length=24)
    tokenizer.train_from_iterator(texts, trainer)
    if tokenizer.get_vocab_size() != vocabulary:
        raise ValueError(f"only {tokenizer.get_vocab_size()} tokens: the sample is too small")
    return tokenizer


def load(path: Path) -> Tokenizer:
    return Tokenizer.from_file(str(path))


class Encoder:
    """Text that a stranger wrote never becomes a token that steers the model."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._tokenizer.encode_special_tokens = True

    def text(self, text: str) -> list[int]:
        return self._tokenizer.encode(text, add_special_tokens=False).ids

    def texts(self, texts: list[str]) -> Iterator[list[int]]:
        for encoding in self._tokenizer.encode_batch(texts, add_special_tokens=False):
            yield encoding.ids

    @lru_cache(maxsize=4)
    def rules(self, content: str) -> list[int]:
        """The system message, which all prompts share."""
        return self.turn("system", content)

    def turn(self, role: str, content: str) -> list[int]:
        return [TURN_START, *self.text(f"{role}\n{content}"), TURN_END, *self.text("\n")]

    def opening(self) -> list[int]:
        return [TURN_START, *self.text("assistant\n")]


