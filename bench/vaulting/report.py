"""Results as JSON lines, for programs, and as Markdown, for docs/performance.md."""
import json
from statistics import median

from .result import STEPS

MIB = 1 << 20

TITLES = {
    "first": "first backup", "unchanged": "again, nothing changed", "changed": "again, after a change",
    "restore": "restore to an empty place", "check": "check of all data", "forget": "forget all but the newest, free space",
}


def lines(course, results):
    """One JSON object for each timed run."""
    for result in results:
        for step in STEPS:
            for number, timed in enumerate(result.steps[step]):
                yield json.dumps(
                    {"scenario": course.name, "step": step, "contender": result.contender, "round": number + 1,
                     "equal": result.equal, "failure": result.failure.partition("\n")[0], **timed}
                )


def section(course, results):
    """A heading and a table; ratios are of Holdfast's medians to the contender's."""
    table = [
        f"## {course.title}\n",
        "| | | wall s | CPU s | memory MiB | stored MiB | Holdfast / it: wall | CPU | stored |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    ours = {} if results[0].failure else results[0].steps
    for step in STEPS:
        for result in results:
            table.append("| " + " | ".join([TITLES[step], result.contender, *_cells(result, step, ours)]) + " |")
    table.append("")
    table += [f"- {result.contender}: {result.does}." for result in results]
    return "\n".join(table) + "\n\n"


def _cells(result, step, ours):
    runs = result.steps[step]
    if result.failure:
        return ["no figures: " + result.failure.partition("\n")[0].replace("|", "/")] + [""] * 6
    if not runs:
        return [result.without[step]] + [""] * 6
    walls = [run["wall_s"] for run in runs]
    noisy = "~" if any(run["noisy"] for run in runs) else ""
    most = max(runs, key=lambda run: run["peak_rss_bytes"])
    cells = [
        f"{median(walls):.2f}{noisy} ({min(walls):.2f}–{max(walls):.2f})",
        f"{median(map(cpu, runs)):.2f}",
        f"{'≤ ' if most['little_memory'] else ''}{most['peak_rss_bytes'] / MIB:.0f}",
        f"{median(map(stored, runs)) / MIB:,.1f}",
    ]
    of_ours = ours.get(step)
    if not of_ours or of_ours is runs:
        return cells + [""] * 3
    return cells + [_ratio(of_ours, runs, measure) for measure in (wall, cpu, stored)]


def wall(run):
    return run["wall_s"]


def cpu(run):
    return run["user_s"] + run["system_s"]


def stored(run):
    return run["stored_bytes"]


def _ratio(ours, theirs, measure):
    return f"**{median(map(measure, ours)) / max(median(map(measure, theirs)), 1e-9):.2f}**"


LEGEND = """\
Median of {runs} (minimum–maximum) of the wall time of the whole process, start included; CPU is user and system time of all its
processes; memory is the peak resident set of the largest of them; stored are the lengths of all files of the repository after the step.
Input was in the page cache, nothing waited to be written. Each contender's restore was compared with what was live, and restic has
checked Holdfast's vault with `--read-data`. `~`: during at least one of the runs other processes used more than a tenth of the machine.

"""
