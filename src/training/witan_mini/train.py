"""The training loop, in pieces that continue each other."""

import json
import math
import os
import time
from pathlib import Path

import torch

from .config import Scale, TrainConfig
from .data import Batches, plan
from .experts import grouped_works
from .model import Decoder

_REWARM_STEPS = 50


def rate(config: TrainConfig, step: int, steps: int) -> float:
    """Warm-up, a constant rate, and a cosine to the last rate."""
    warmup = max(1, round(config.warmup_share * steps))
    decay = max(1, round(config.decay_share * steps))
    if step < warmup:
        return config.rate * (step + 1) / warmup
    if step < steps - decay:
        return config.rate
    done = (step - (steps - decay)) / decay
    return config.last_rate + (config.rate - config.last_rate) * (1 + math.cos(math.pi * done)) / 2


class Trainer:
    """One run; what it needs to go on is in its checkpoint and in the shards."""

    def __init__(self, scale: Scale, data: Path, folder: Path, device: str,
                 compiled: bool = False) -> None:
        self.scale, self.config, self.folder = scale, scale.train, folder
        self.device = torch.device(device)
        torch.manual_seed(self.config.seed)
        self.model = Decoder(scale.model, self.config.seed).to(self.device)
        self.optimizer = _optimizer(self.model, self.config, self.device)
        self.steps = plan(self.config)
        self.batches = Batches(data, self.config)
        self.step = 0
        self.tokens = 0
        self.history: list[dict] = []
        self._rewarm_from = -_REWARM_STEPS
        grouped = grouped_works(self.device)
        for block in self.model.blocks:
            block.experts.grouped = grouped
            if compiled and self.device.type == "cuda" and hasattr(block, "compile"):
                block.compile(dynamic=True)

    def run(self, budget_seconds: float, checkpoint_seconds: float,
            stop_after: int | None = None) -> bool:
        """Trains until all is done, or the time or the number of steps is over; saves; tells if done."""
        began = saved = time.monotonic()
        end = len(self.steps) if stop_after is None else min(len(self.steps), stop_after)
        slowest = 0.0
        while self.step < end:
            started = time.monotonic()
            # a step and the writing of the checkpoint must still fit
            if started - began + 2 * slowest + 5 > budget_seconds:
                break
            self._train_step()
            slowest = max(0.9 * slowest, time.monotonic() - started)
            if time.monotonic() - saved > checkpoint_seconds:
                self.save()
                saved = time.monotonic()
        self.save()
        return self.step == len(self.steps)

    def _train_step(self) -> None:
        started = time.monotonic()
        step = self.steps[self.step]
        tokens, targets = (torch.from_numpy(one) for one in self.batches.of(step))
        count = int((targets >= 0).sum())
        size = max(1, self.config.micro_tokens // tokens.shape[1])
        total = torch.zeros((), device=self.device)
        balance = torch.zeros((), device=self.device)
        for some, wanted in zip(tokens.split(size), targets.split(size)):
            share = len(some) / len(tokens)
            with torch.autocast(self.device.type, torch.bfloat16,
                                enabled=self.device.type == "cuda"):
                loss, uneven = self.model.loss(some.to(self.device), wanted.to(self.device))
            (loss / max(count, 1) + self.config.balance * share * uneven).backward()
            total += loss.detach() / max(count, 1)
            balance += share * uneven.detach()
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.config.clip)
        self._apply()
        self.tokens += tokens.numel()
        self.step += 1
        self._log(step, float(total), float(balance), float(norm), tokens.numel(),
                  time.monotonic() - started)

    def _apply(self) -> None:
        now = rate(self.config, self.step, len(self.steps))
        now *= min(1.0, (self.step - self._rewarm_from + 1) / _REWARM_STEPS)
        for group in self.optimizer.param_groups:
            group["lr"] = now
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)

    def _log(self, step, loss: float, balance: float, norm: float, tokens: int,
             seconds: float) -> None:
        if not math.isfinite(loss):
            raise ArithmeticError(f"the loss is {loss} after step {self.step}")
        entry = {"step": self.step, "of": len(self.steps), "stage": step.stage.name,
                 "kind": step.kind, "loss": round(loss, 4), "balance": round(balance, 3),
                 "norm": round(norm, 3), "tokens": self.tokens,
                 "tokens_per_second": round(tokens / seconds)}
        self.history.append({key: entry[key] for key in ("step", "kind", "loss", "tokens")})
        if self.step % 10 == 0 or self.step == len(self.steps):
            print(json.dumps(entry), flush=True)

    # --- checkpoints

    def save(self) -> None:
        self._write("checkpoint.pt", {
            "scale": self.scale.as_dict(), "step": self.step, "tokens": self.tokens,
            "history": self.history, "rewarm": self._rewarm_from,
            "model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),
            "cuda": torch.cuda.get_rng_state() if self.device.type == "cuda" else None})

    def save_slim(self) -> None:
        """The weights alone as 16-bit numbers: a sixth of a checkpoint."""
        weights = {name: one.to(torch.bfloat16) for name, one in self.model.state_dict().items()}
        self._write("slim.pt", {"scale": self.scale.as_dict(), "step": self.step,
                                "tokens": self.tokens, "history": self.history, "model": weights})

    def _write(self, name: str, state: dict) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.folder / f"{name}.partial"
        torch.save(state, partial)
        os.replace(partial, self.folder / name)

    def resume(self) -> bool:
        """Goes on from the checkpoint, or from the slim one if only that is there."""
        for name in ("checkpoint.pt", "slim.pt"):
            path = self.folder / name
            if path.exists():
                self._restore(load(path))
                return True
        return False

    def _restore(self, state: dict) -> None:
        if state["scale"]["model"] != self.scale.as_dict()["model"]:
            raise ValueError("the checkpoint is of a model of another shape")
        self.model.load_state_dict(state["model"])
        if state["scale"]["train"] != self.scale.as_dict()["train"]:
            print("another schedule: its weights are the beginning of this one", flush=True)
            return
        self.step, self.tokens = state["step"], state["tokens"]
        self.history = list(state["history"])
        if "optimizer" in state:
            self.optimizer.load_state_dict(state["optimizer"])
            self._rewarm_from = state["rewarm"]
            torch.set_rng_state(state["random"])
            if self.device.type == "cuda" and state["cuda"] is not None:
                torch.cuda.set_rng_state(state["cuda"])
        else:
            self._rewarm_from = self.step


def load(path: Path) -> dict:
    return torch.load(path, map_location="cpu")


def _optimizer(model: Decoder, config: TrainConfig, device: torch.device) -> torch.optim.AdamW:
    matrices = [one for one in model.parameters() if one.dim() > 1]
    norms = [one for one in model.parameters() if one.dim() == 1]
    groups = [{"params": matrices, "weight_decay": config.weight_decay},
              {"params": norms, "weight_decay": 0.0}]
    extra = {"fused": True} if device.type == "cuda" else {}
    return torch.optim.AdamW(groups, lr=config.rate, betas=(0.9, 0.95), eps=1e-8, **extra)
