"""What the parts of a measurement share."""
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Bench:
    """What a part works with. note: takes a record of each timed run. runs: how many of each."""

    data: object
    scale: object
    launcher: str
    stopwatch: object
    watch: object
    generator: object
    workspace: object
    runs: int
    say: object
    note: object

    def rounds(self):
        """Numbers of rounds. 0 is not counted: it warms caches, and the server's compiler."""
        return range(self.runs + 1)


def cell(records, key, form="{:.2f}", unit=1.0):
    """Median (minimum–maximum) of a value; ~ if others were busy during one of the runs."""
    values = [record[key] * unit for record in records]
    noisy = "~" if any(record.get("noisy") for record in records) else ""
    return f"{form.format(median(values))}{noisy} ({form.format(min(values))}–{form.format(max(values))})"


def table(heads, rows):
    """Markdown; all columns but the first to the right."""
    lines = [heads, ["---"] + ["---:"] * (len(heads) - 1), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines) + "\n"


def grouped(records, *keys):
    """Records by the values of keys, in the order in which those first came."""
    groups = {}
    for record in records:
        groups.setdefault(tuple(record[key] for key in keys), []).append(record)
    return groups.items()
