"""How much a measurement of the server works with."""
from dataclasses import dataclass

from comparison.scale import MIB


@dataclass(frozen=True)
class Scale:
    """name names the directory of the data, too: another amount of bulk must have another name."""

    name: str
    backups: int
    bulk_bytes: int
    """What a backup that goes on meanwhile copies."""
    requests: int
    """In one timed run, over all connections."""
    seconds: int
    """How long one timed run of wrk lasts, which counts no requests."""
    idle: float
    """How many seconds after its start a server counts as idle, at least."""

    @property
    def tenth(self):
        return self.backups // 10


SCALES = {
    "tiny": Scale("serve-tiny", 50, 8 * MIB, 40, 1, 1),
    "small": Scale("serve", 10_000, 300 * MIB, 3_000, 5, 10),
}

FEWEST, MOST = 20, 50_000
"""Backups: a tenth must be more than one; a file has 65,000 names at most on ext4."""
