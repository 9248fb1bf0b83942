"""Writes GGUF files, version 3."""

import struct
from pathlib import Path

import numpy as np

_ALIGNMENT = 32
_UINT32, _INT32, _FLOAT32, _STRING, _ARRAY = 4, 5, 6, 8, 9
_F32, _Q8_0 = 0, 8
_BLOCK = 32


def _text(value: str) -> bytes:
    data = value.encode("utf-8")
    return struct.pack("<Q", len(data)) + data


def quantise(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Blocks of 32: a scale each (16 bit) and 8-bit numbers [blocks, 32]."""
    blocks = np.ascontiguousarray(values, dtype=np.float32).reshape(-1, _BLOCK)
    scales = np.abs(blocks).max(axis=1) / np.float32(127)
    inverse = np.divide(1, scales, out=np.zeros_like(scales), where=scales > 0)
    scaled = blocks * inverse[:, None]
    # halves away from zero
    numbers = np.trunc(scaled + np.copysign(np.float32(0.5), scaled)).astype(np.int8)
    return scales.astype(np.float16), numbers


def rounded(values: np.ndarray) -> np.ndarray:
    """The values as a reader of Q8_0 gets them."""
    scales, numbers = quantise(values)
    return (scales.astype(np.float32)[:, None] * numbers).reshape(values.shape)


class GgufWriter:
    """Collects keys and tensors, then writes them in the order in which they came."""

    def __init__(self) -> None:
        self._keys: list[bytes] = []
        self._tensors: list[tuple[str, tuple[int, ...], int, bytes]] = []

    def string(self, key: str, value: str) -> None:
        self._keys.append(_text(key) + struct.pack("<I", _STRING) + _text(value))

    def unsigned(self, key: str, value: int) -> None:
        self._keys.append(_text(key) + struct.pack("<II", _UINT32, value))

    def real(self, key: str, value: float) -> None:
        self._keys.append(_text(key) + struct.pack("<If", _FLOAT32, value))

    def flag(self, key: str, value: bool) -> None:
        self._keys.append(_text(key) + struct.pack("<I?", 7, value))

    def strings(self, key: str, values: list[str]) -> None:
        head = struct.pack("<IIQ", _ARRAY, _STRING, len(values))
        self._keys.append(_text(key) + head + b"".join(map(_text, values)))

    def integers(self, key: str, values: list[int]) -> None:
        head = struct.pack("<IIQ", _ARRAY, _INT32, len(values))
        self._keys.append(_text(key) + head + np.array(values, dtype="<i4").tobytes())

    def tensor(self, name: str, values: np.ndarray, packed: bool = False) -> None:
        """packed: as Q8_0, else as 32-bit numbers."""
        if packed:
            if values.shape[-1] % _BLOCK:
                raise ValueError(f"rows of {name} are no multiple of {_BLOCK}: {values.shape}")
            scales, numbers = quantise(values)
            blocks = np.empty(len(scales), dtype=[("scale", "<f2"), ("numbers", "i1", _BLOCK)])
            blocks["scale"], blocks["numbers"] = scales, numbers
            data = blocks.tobytes()
        else:
            data = np.ascontiguousarray(values, dtype="<f4").tobytes()
        self._tensors.append((name, values.shape, _Q8_0 if packed else _F32, data))

    def write(self, path: Path) -> None:
        directory, at = b"", 0
        for name, shape, kind, data in self._tensors:
            extents = struct.pack(f"<I{len(shape)}Q", len(shape), *reversed(shape))
            directory += _text(name) + extents + struct.pack("<IQ", kind, at)
            at += _padded(len(data))
        with path.open("wb") as out:
            out.write(struct.pack("<4sIQQ", b"GGUF", 3, len(self._tensors), len(self._keys)))
            out.write(b"".join(self._keys) + directory)
            out.write(b"\0" * (_padded(out.tell()) - out.tell()))
            for _, _, _, data in self._tensors:
                out.write(data + b"\0" * (_padded(len(data)) - len(data)))


def _padded(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT
