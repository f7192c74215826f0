"""How much data the vault is measured with."""
from dataclasses import dataclass

from comparison import scale
from comparison.scale import GIB, MIB


@dataclass(frozen=True)
class Scale(scale.Scale):
    """Its name is that of the scale of comparison with the same tree and database, which are shared."""

    few_files: int
    repeated_bytes: int


def _scale(base, few_files, repeated_bytes):
    return Scale(**vars(scale.SCALES[base]), few_files=few_files, repeated_bytes=repeated_bytes)


SCALES = {"tiny": _scale("tiny", 500, 6 * MIB), "small": _scale("small", 100_000, 4 * GIB)}
