"""The decoder: DBRX's graph, in the order and with the names of its GGUF file."""

import math

import torch
import torch.nn.functional as F
import torch.utils.checkpoint
from torch import Tensor, nn

from .config import ModelConfig
from .experts import Experts


class Attention(nn.Module):
    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.qkv = nn.Linear(config.width, config.width + 2 * config.key_width, bias=False)
        self.out = nn.Linear(config.width, config.width, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        config = self.config
        rows, length, _ = x.shape
        qkv = self.qkv(x).clamp(-config.clamp, config.clamp)
        q, k, v = qkv.split([config.width, config.key_width, config.key_width], dim=-1)
        q = rotate(_heads(q, config.heads), cos, sin)
        k = rotate(_heads(k, config.key_heads), cos, sin)
        mixed = attend(q, k, _heads(v, config.key_heads))
        return self.out(mixed.transpose(1, 2).reshape(rows, length, config.width))


def _heads(x: Tensor, heads: int) -> Tensor:
    """[rows, length, width] to [rows, heads, length, head size]."""
    return x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """RoPE over pairs (i, i + half), as NEOX has them."""
    first, second = x.float().chunk(2, dim=-1)
    return torch.cat((first * cos - second * sin, second * cos + first * sin), dim=-1).to(x.dtype)


def attend(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Causal attention; each key head serves several query heads."""
    groups = q.shape[1] // k.shape[1]
    k, v = (one.repeat_interleave(groups, dim=1) for one in (k, v))
    if hasattr(F, "scaled_dot_product_attention"):
        return F.scaled_dot_product_attention(q, k, v, is_causal=True)
    length = q.shape[2]
    scores = q @ k.transpose(2, 3) / math.sqrt(q.shape[3])
    future = torch.ones(length, length, dtype=torch.bool, device=q.device).triu(1)
    return scores.masked_fill(future, float("-inf")).softmax(dim=-1).to(v.dtype) @ v


class Norm(nn.Module):
    """LayerNorm without bias."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(config.width))
        self.epsilon = config.epsilon

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, self.weight.shape, self.weight, None, self.epsilon)


class Block(nn.Module):
    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.attention_norm = Norm(config)
        self.attention = Attention(config)
        self.expert_norm = Norm(config)
        self.experts = Experts(config)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> tuple[Tensor, Tensor]:
        x = x + self.attention(self.attention_norm(x), cos, sin)
        mixed, balance = self.experts(self.expert_norm(x))
        return x + mixed, balance


class Decoder(nn.Module):
    def __init__(self, config: ModelConfig, seed: int = 0) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.vocabulary, config.width)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = Norm(config)
        self.output = nn.Linear(config.width, config.vocabulary, bias=False)
        self._initialise(seed)

    def _initialise(self, seed: int) -> None:
        generator = torch.Generator().manual_seed(seed)
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1:
                deviation = 0.02 if "embedding" in name else 0.8 / math.sqrt(parameter.shape[-1])
                # what is added to the residual stream begins small
                if name.endswith(("attention.out.weight", "experts.down")):
                    deviation /= math.sqrt(2 * self.config.layers)
                with torch.no_grad():
                    parameter.normal_(0, deviation, generator=generator)

    def forward(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """The state after each token [rows, length, width] and the experts' balance."""
        cos, sin = self._angles(tokens.shape[1], tokens.device)
        x = self.embedding(tokens)
        balance = x.new_zeros((), dtype=torch.float32)
        for block in self.blocks:
            x, one = block(x, cos, sin)
            balance = balance + one
        return self.norm(x), balance / len(self.blocks)

    def _angles(self, length: int, device: torch.device) -> tuple[Tensor, Tensor]:
        half = self.config.head_size // 2
        powers = torch.arange(half, dtype=torch.float64, device=device) / half
        frequencies = self.config.rope_base ** -powers
        angles = torch.outer(torch.arange(length, dtype=torch.float64, device=device), frequencies)
        return angles.cos().float(), angles.sin().float()

    def logits(self, tokens: Tensor) -> Tensor:
        return self.output(self(tokens)[0])

    def loss(self, tokens: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
        """The sum of the losses of the targets that are not negative, and the balance."""
        states, balance = self(tokens)
        wanted = targets.flatten() >= 0
        states, targets = states.flatten(0, 1)[wanted], targets.flatten()[wanted]
        total = states.new_zeros((), dtype=torch.float32)
        for some, right in zip(states.split(16_384), targets.split(16_384)):
            total = total + torch.utils.checkpoint.checkpoint(
                self._loss, some, right, use_reentrant=False)
        return total, balance

    def _loss(self, states: Tensor, targets: Tensor) -> Tensor:
        return F.cross_entropy(self.output(states).float(), targets, reduction="sum")
