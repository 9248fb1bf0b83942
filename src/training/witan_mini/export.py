"""Weights and vocabulary as a GGUF file of the architecture dbrx."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from torch import Tensor

from .config import END_OF_TEXT, PAD, SPECIAL_TOKENS, TURN_END, ModelConfig
from .gguf import GgufWriter
from .tokenizer import CHAT_TEMPLATE

_NORMAL, _CONTROL = 1, 3


def tensors(config: ModelConfig, weights: dict[str, Tensor]) -> Iterator[tuple[str, np.ndarray, bool]]:
    """Name, values and whether Q8_0 may hold them: norms and routers stay 32-bit numbers."""

    def values(name: str) -> np.ndarray:
        return weights[name].float().numpy()

    yield "token_embd.weight", values("embedding.weight"), True
    yield "output.weight", values("output.weight"), True
    yield "output_norm.weight", values("norm.weight"), False
    for layer in range(config.layers):
        own, to = f"blocks.{layer}.", f"blk.{layer}."
        gate_up = values(own + "experts.gate_up")
        yield to + "attn_norm.weight", values(own + "attention_norm.weight"), False
        yield to + "attn_qkv.weight", values(own + "attention.qkv.weight"), True
        yield to + "attn_output.weight", values(own + "attention.out.weight"), True
        yield to + "attn_output_norm.weight", values(own + "expert_norm.weight"), False
        yield to + "ffn_gate_inp.weight", values(own + "experts.router.weight"), False
        yield to + "ffn_gate_exps.weight", gate_up[:, :config.hidden], True
        yield to + "ffn_up_exps.weight", gate_up[:, config.hidden:], True
        yield to + "ffn_down_exps.weight", values(own + "experts.down"), True


def export(config: ModelConfig, weights: dict[str, Tensor], tokenizer: Path, out: Path,
           packed: bool) -> None:
    writer = GgufWriter()
    _describe(writer, config, packed)
    _vocabulary(writer, json.loads(tokenizer.read_text(encoding="utf-8"))["model"], config)
    for name, values, may_pack in tensors(config, weights):
        writer.tensor(name, values, packed and may_pack)
    writer.write(out)


def _describe(writer: GgufWriter, config: ModelConfig, packed: bool) -> None:
    writer.string("general.architecture", "dbrx")
    writer.string("general.name", "witan-mini")
    writer.string("general.description", "Reads passages and answers from them, with citations.")
    writer.unsigned("general.file_type", 7 if packed else 0)
    writer.unsigned("dbrx.context_length", config.context)
    writer.unsigned("dbrx.embedding_length", config.width)
    writer.unsigned("dbrx.block_count", config.layers)
    writer.unsigned("dbrx.feed_forward_length", config.hidden)
    writer.unsigned("dbrx.attention.head_count", config.heads)
    writer.unsigned("dbrx.attention.head_count_kv", config.key_heads)
    writer.unsigned("dbrx.rope.dimension_count", config.head_size)
    writer.real("dbrx.rope.freq_base", config.rope_base)
    writer.real("dbrx.attention.layer_norm_epsilon", config.epsilon)
    writer.real("dbrx.attention.clamp_kqv", config.clamp)
    writer.unsigned("dbrx.expert_count", config.experts)
    writer.unsigned("dbrx.expert_used_count", config.used)


def _vocabulary(writer: GgufWriter, model: dict, config: ModelConfig) -> None:
    tokens = sorted(model["vocab"], key=model["vocab"].__getitem__)
    if len(tokens) != config.vocabulary:
        raise ValueError(f"{len(tokens)} tokens, but the model has {config.vocabulary}")
    merges = [one if isinstance(one, str) else " ".join(one) for one in model["merges"]]
    writer.string("tokenizer.ggml.model", "gpt2")
    writer.string("tokenizer.ggml.pre", "dbrx")
    writer.strings("tokenizer.ggml.tokens", tokens)
    kinds = [_CONTROL if token in SPECIAL_TOKENS else _NORMAL for token in tokens]
    writer.integers("tokenizer.ggml.token_type", kinds)
    writer.strings("tokenizer.ggml.merges", merges)
    writer.unsigned("tokenizer.ggml.bos_token_id", END_OF_TEXT)
    writer.unsigned("tokenizer.ggml.eos_token_id", TURN_END)
    writer.unsigned("tokenizer.ggml.padding_token_id", PAD)
    writer.flag("tokenizer.ggml.add_bos_token", False)
    writer.string("tokenizer.chat_template", CHAT_TEMPLATE)
