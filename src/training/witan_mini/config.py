"""What is built and how it is trained, at each scale."""

from dataclasses import asdict, dataclass, field

SPECIAL_TOKENS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|pad|>")
END_OF_TEXT, TURN_START, TURN_END, PAD = range(4)


@dataclass(frozen=True)
class ModelConfig:
    """The shape of a DBRX model; every row of a matrix is a multiple of 32, as Q8_0 wants it."""

    vocabulary: int = 16_384
    width: int = 192
    layers: int = 12
    heads: int = 6
    key_heads: int = 2
    experts: int = 16
    used: int = 4
    hidden: int = 160
    context: int = 32_768
    rope_base: float = 500_000.0
    clamp: float = 8.0
    epsilon: float = 1e-5

    def __post_init__(self) -> None:
        if self.width % self.heads or self.heads % self.key_heads:
            raise ValueError("heads must divide the width, key heads the heads")
        if self.width % 32 or self.hidden % 32 or self.head_size % 2:
            raise ValueError("width and hidden must be multiples of 32")
        if self.vocabulary > 32_768:
            raise ValueError("shards keep a token in 15 bits")

    @property
    def head_size(self) -> int:
        return self.width // self.heads

    @property
    def key_width(self) -> int:
        return self.key_heads * self.head_size

    def _layer(self, experts: int) -> int:
        attention = self.width * (self.width + 2 * self.key_width) + self.width * self.width
        return (attention + 2 * self.width + self.experts * self.width
                + experts * 3 * self.width * self.hidden)

    def _parameters(self, experts: int) -> int:
        outside = 2 * self.vocabulary * self.width + self.width
        return outside + self.layers * self._layer(experts)

    @property
    def total_parameters(self) -> int:
        return self._parameters(self.experts)

    @property
    def active_parameters(self) -> int:
        """Counted as ./witan model inspect does: embedding and output are among them."""
        return self._parameters(self.used)


@dataclass(frozen=True)
class Stage:
    """A part of the training.

    kinds: what is read, with its share of the steps; share: of all tokens; context: tokens a row.
    """

    name: str
    kinds: dict[str, float]
    share: float
    context: int


@dataclass(frozen=True)
class TrainConfig:
    tokens: int
    step_tokens: int
    stages: tuple[Stage, ...]
    rate: float = 2e-3
    last_rate: float = 1e-4
    warmup_share: float = 0.02
    decay_share: float = 0.3
    weight_decay: float = 0.05
    clip: float = 1.0
    balance: float = 0.01
    micro_tokens: int = 65_536
    seed: int = 1


@dataclass(frozen=True)
class PackConfig:
    """sample: every n-th document is taken; tokenizer_sample: for the tokenizer."""

    sample: int = 1
    tokenizer_sample: int = 4
    tasks_per_document: int = 1
    longest: int = 8_192
    shard_bytes: int = 56_000_000
    seed: int = 1


@dataclass(frozen=True)
class Scale:
    name: str
    model: ModelConfig
    train: TrainConfig
    pack: PackConfig = field(default_factory=PackConfig)

    def as_dict(self) -> dict:
        return asdict(self)


def _stages(longest: int, unit: int) -> tuple[Stage, ...]:
    reading = {"read": 0.7, "qa": 0.1, "lm": 0.2}
    return (
        Stage("language", {"lm": 1.0}, 0.45, unit),
        Stage("longer", {"lm": 0.6, "read": 0.4}, 0.15, min(4 * unit, longest)),
        Stage("reading", reading, 0.25, longest),
        Stage("questions", {"qa": 0.6, "read": 0.4}, 0.15, longest),
    )


SCALES = {
    "mini": Scale("mini", ModelConfig(),
                  TrainConfig(400_000_000, 131_072, _stages(8_192, 1_024))),
    # 32k rows after the mini run, from its last checkpoint, as far as time allows
    "mini-32k": Scale("mini-32k", ModelConfig(),
                      TrainConfig(40_000_000, 131_072,
                                  (Stage("far", {"read": 0.8, "lm": 0.2}, 1.0, 32_768),),
                                  rate=3e-4),
                      PackConfig(longest=32_768)),
    # the same in every part, as large as one core of a processor trains in 40 minutes
    "cpu": Scale("cpu", ModelConfig(width=128, layers=6, heads=4, hidden=96),
                 TrainConfig(1_800_000, 2_048, _stages(1_024, 256), rate=3e-3,
                             micro_tokens=2_048),
                 PackConfig(sample=20, longest=1_024)),
    "toy": Scale("toy",
                 ModelConfig(vocabulary=1_024, width=64, layers=2, heads=4, hidden=32,
                             context=4_096),
                 TrainConfig(80_000, 1_024, _stages(1_024, 256), rate=4e-3, micro_tokens=1_024),
                 PackConfig(sample=600, tokenizer_sample=600, tasks_per_document=2,
                            longest=1_024)),
}
