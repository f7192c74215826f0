"""What one contender came to in one scenario."""
from dataclasses import dataclass, field

BACKUPS = ("first", "unchanged", "changed")
STEPS = (*BACKUPS, "restore", "check", "forget")


@dataclass
class Result:
    """steps: timed runs of each step, as timed.py tells them, with stored_bytes after it. failure: why the figures are worth nothing,
    else empty. without: steps that it does not have, and why."""

    contender: str
    does: str
    steps: dict = field(default_factory=lambda: {step: [] for step in STEPS})
    without: dict = field(default_factory=dict)
    equal: bool = False
    failure: str = ""
