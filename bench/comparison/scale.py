"""How much data a comparison works with."""
from dataclasses import dataclass

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30


@dataclass(frozen=True)
class Scale:
    """name names the directory of the data, too: another amount must have another name."""

    name: str
    tree_files: int
    tree_bytes: int
    database_bytes: int
    wal_bytes: int
    many_files: int
    large_bytes: int
    memory: bool
    """Whether the scenarios about memory (many files, one large file) belong to it."""


SCALES = {
    "tiny": Scale("tiny", 200, 2 * MIB, 1 * MIB, 128 * KIB, 1_500, 5 * MIB, memory=True),
    "small": Scale("small", 20_000, 3 * GIB // 2, 1 * GIB, 40 * MIB, 0, 0, memory=False),
    # The same data as small, and on top what shows whether memory grows with the data.
    "full": Scale("small", 20_000, 3 * GIB // 2, 1 * GIB, 40 * MIB, 1_000_000, 20 * GIB, memory=True),
}
