"""How much data the vault is measured with."""
from dataclasses import dataclass

from comparison import scale
from comparison.scale import GIB, MIB


@dataclass(frozen=True)
class Scale(scale.Scale):
    """Its name is that of the scale of comparison with the same tree and database, which are shared."""

    few_files: int
    repeated_bytes: int
    asked_files: int
    asked_bytes: int


SCALES = {
    "tiny": Scale(**vars(scale.SCALES["tiny"]), few_files=500, repeated_bytes=6 * MIB, asked_files=60, asked_bytes=MIB),
    "small": Scale(**vars(scale.SCALES["small"]), few_files=100_000, repeated_bytes=4 * GIB, asked_files=2_000,
                   asked_bytes=100 * MIB),
}
