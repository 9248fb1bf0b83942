"""The mixture of experts, computed expert by expert over sorted tokens."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .config import ModelConfig

_GROUPED = getattr(F, "grouped_mm", None) or getattr(torch, "_grouped_mm", None)


class _Permute(torch.autograd.Function):
    """Rows in another order; unlike indexing, its gradient adds nothing up and is exact."""

    @staticmethod
    def forward(ctx, x: Tensor, order: Tensor, inverse: Tensor) -> Tensor:
        ctx.save_for_backward(order, inverse)
        return x[order]

    @staticmethod
    def backward(ctx, gradient: Tensor):
        order, inverse = ctx.saved_tensors
        return gradient[inverse], None, None


class Experts(nn.Module):
    """16 gated networks of which each token meets 4; [experts, out, in] as in the file."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.grouped = False
        self.router = nn.Linear(config.width, config.experts, bias=False)
        self.gate_up = nn.Parameter(torch.empty(config.experts, 2 * config.hidden, config.width))
        self.down = nn.Parameter(torch.empty(config.experts, config.width, config.hidden))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        config = self.config
        flat = x.flatten(0, -2)
        with torch.autocast(flat.device.type, enabled=False):
            chances = (flat.float() @ self.router.weight.float().t()).softmax(dim=-1)
        weights, chosen = chances.topk(config.used, dim=-1)
        weights = weights / weights.sum(dim=-1, keepdim=True)
        order = chosen.flatten().argsort(stable=True)
        inverse = torch.empty_like(order)
        inverse[order] = torch.arange(len(order), device=order.device)
        counts = torch.zeros(config.experts, dtype=torch.int64, device=x.device)
        counts = counts.scatter_add(0, chosen.flatten(), torch.ones_like(order))
        copies = flat.unsqueeze(1).expand(-1, config.used, -1).reshape(-1, config.width)
        out = self._networks(_Permute.apply(copies, order, inverse), counts)
        out = _Permute.apply(out, inverse, order).view(len(flat), config.used, config.width)
        mixed = (out.float() * weights.unsqueeze(-1)).sum(dim=1)
        return mixed.view(x.shape).to(x.dtype), self._balance(chances, counts)

    def _networks(self, sorted_rows: Tensor, counts: Tensor) -> Tensor:
        if self.grouped:
            ends = counts.cumsum(0).to(torch.int32)
            rows = sorted_rows.to(torch.bfloat16)
            gate, up = _GROUPED(rows, self.gate_up.to(torch.bfloat16).transpose(1, 2),
                                offs=ends).chunk(2, dim=-1)
            return _GROUPED(F.silu(gate) * up, self.down.to(torch.bfloat16).transpose(1, 2),
                            offs=ends)
        parts = []
        for expert, rows in enumerate(sorted_rows.split(counts.tolist())):
            gate, up = F.linear(rows, self.gate_up[expert]).chunk(2, dim=-1)
            parts.append(F.linear(F.silu(gate) * up, self.down[expert]))
        return torch.cat(parts)

    def _balance(self, chances: Tensor, counts: Tensor) -> Tensor:
        """1 if all experts are used alike, more if not (Fedus et al. 2021, §2.2)."""
        share = counts.float() / counts.sum()
        return self.config.experts * (share * chances.mean(dim=0)).sum()


def grouped_works(device: torch.device) -> bool:
    """Whether one grouped product gives the outputs and gradients of a product for each expert."""
    if _GROUPED is None or device.type != "cuda":
        return False
    config = ModelConfig(vocabulary=32, width=64, layers=1, heads=2, key_heads=1, hidden=32)
    torch.manual_seed(0)
    experts = Experts(config).to(device)
    for parameter in experts.parameters():
        nn.init.normal_(parameter, 0, 0.1)
    x = torch.randn(1, 77, config.width, device=device)
    results = []
    try:
        for experts.grouped in (False, True):
            experts.zero_grad()
            out = experts(x)[0]
            out.square().sum().backward()
            results.append([out.detach(), experts.gate_up.grad.clone(), experts.down.grad.clone()])
    except RuntimeError as error:
        print(f"no grouped products: {error}", flush=True)
        return False
    return all((one - other).abs().max() < 0.05 * one.abs().max()
               for one, other in zip(*results))
