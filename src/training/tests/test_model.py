"""The shape, the experts and the rates, without a corpus."""

import unittest

from witan_mini.config import SCALES, TrainConfig
from witan_mini.data import plan

try:
    import torch

    from witan_mini.experts import Experts
    from witan_mini.model import Decoder, attend
    from witan_mini.train import rate
except ImportError:
    torch = None


class ShapeTests(unittest.TestCase):
    def test_witan_mini_has_25_million_parameters_of_which_12_are_active(self):
        model = SCALES["mini"].model

        self.assertEqual(model.total_parameters, 25_207_488)
        self.assertEqual(model.active_parameters, 11_936_448)
        self.assertEqual((model.experts, model.used, model.context), (16, 4, 32_768))

    def test_the_plan_is_the_same_each_time_and_reads_all_tokens(self):
        config = SCALES["mini"].train

        steps = plan(config)

        self.assertEqual(steps, plan(config))
        self.assertAlmostEqual(len(steps) * config.step_tokens / config.tokens, 1, places=2)
        self.assertEqual({step.kind for step in steps}, {"lm", "read", "qa"})


@unittest.skipIf(torch is None, "PyTorch is not installed")
class ModelTests(unittest.TestCase):
    def test_parameters_are_as_many_as_the_shape_says(self):
        for scale in ("toy", "mini"):
            model = Decoder(SCALES[scale].model)
            count = sum(one.numel() for one in model.parameters())
            self.assertEqual(count, SCALES[scale].model.total_parameters)

    def test_experts_sorted_and_one_by_one_compute_the_same(self):
        config = SCALES["toy"].model
        torch.manual_seed(1)
        experts = Experts(config)
        for parameter in experts.parameters():
            torch.nn.init.normal_(parameter, 0, 0.2)
        x = torch.randn(2, 9, config.width)

        mixed, balance = experts(x)

        torch.testing.assert_close(mixed, _one_by_one(experts, x), rtol=1e-4, atol=1e-5)
        self.assertGreater(float(balance), 0.9)

    def test_gradients_through_the_sorting_are_those_of_plain_indexing(self):
        config = SCALES["toy"].model
        torch.manual_seed(2)
        experts = Experts(config)
        for parameter in experts.parameters():
            torch.nn.init.normal_(parameter, 0, 0.2)
        x = torch.randn(1, 7, config.width, requires_grad=True)
        experts(x)[0].square().sum().backward()
        sorted_gradient, x.grad = x.grad.clone(), None

        _one_by_one(experts, x).square().sum().backward()

        torch.testing.assert_close(sorted_gradient, x.grad, rtol=1e-3, atol=1e-4)

    def test_no_token_sees_a_later_one(self):
        model = Decoder(SCALES["toy"].model, seed=3)
        tokens = torch.arange(20).view(1, 20)
        changed = tokens.clone()
        changed[0, 12:] = 7
        with torch.no_grad():
            one, other = model.logits(tokens), model.logits(changed)

        torch.testing.assert_close(one[0, :12], other[0, :12], rtol=1e-4, atol=1e-5)
        self.assertGreater(float((one[0, 12:] - other[0, 12:]).abs().max()), 1e-3)

    def test_key_heads_serve_groups_of_query_heads(self):
        q, k, v = torch.randn(1, 4, 5, 8), torch.randn(1, 2, 5, 8), torch.randn(1, 2, 5, 8)

        mixed = attend(q, k, v)

        for head in range(4):
            own = slice(head // 2, head // 2 + 1)
            alone = attend(q[:, head:head + 1], k[:, own], v[:, own])
            torch.testing.assert_close(mixed[:, head:head + 1], alone)

    def test_the_rate_rises_stays_and_falls(self):
        config = TrainConfig(0, 1, ())
        rates = [rate(config, step, 1_000) for step in range(1_000)]

        self.assertLess(rates[0], rates[10])
        self.assertEqual(rates[500], config.rate)
        self.assertAlmostEqual(rates[-1], config.last_rate, delta=1e-6)


def _one_by_one(experts, x):
    config = experts.config
    rows = []
    for token in x.flatten(0, 1):
        chances = (experts.router.weight @ token).softmax(dim=0)
        best = chances.topk(config.used)
        total = 0
        for weight, expert in zip(best.values / best.values.sum(), best.indices):
            gate, up = (experts.gate_up[expert] @ token).chunk(2)
            total = total + weight * (experts.down[expert] @ (gate.sigmoid() * gate * up))
        rows.append(total)
    return torch.stack(rows).view(x.shape)


if __name__ == "__main__":
    unittest.main()
