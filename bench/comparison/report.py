"""Results as JSON lines, for programs, and as Markdown, for docs/performance.md."""
import json
from statistics import median

MIB = 1 << 20


def lines(scenario, results):
    """One JSON object for each timed run."""
    for result in results:
        for phase in ("backup", "restore"):
            for number, timed in enumerate(getattr(result, phase)):
                yield json.dumps(
                    {"scenario": scenario.name, "phase": phase, "contender": result.contender, "round": number + 1,
                     "equal": result.equal, "stored_bytes": result.stored_bytes, **timed}
                )


def head(facts):
    return "".join(f"- {name}: {value}\n" for name, value in facts.items()) + "\n"


def section(scenario, results):
    """A heading and a table; ratios are Holdfast's median to the contender's."""
    table = [
        f"## {scenario.title}\n",
        "| | backup s | CPU s | memory MiB | Holdfast / it | restore s | CPU s | memory MiB | Holdfast / it | stored MiB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    ours = results[0].backup, results[0].restore
    if results[0].failure:
        ours = [], []
    for result in results:
        if result.failure:
            table.append(f"| {result.contender} | no figures: {_first_line(result.failure)} |" + " |" * 8)
            continue
        cells = [result.contender]
        for runs, of_ours in zip((result.backup, result.restore), ours):
            cells += _phase(runs, of_ours)
        cells.append(f"{result.stored_bytes / MIB:,.0f}")
        table.append("| " + " | ".join(cells) + " |")
    table.append("")
    table += [f"- {result.contender}: {result.does}." for result in results]
    return "\n".join(table) + "\n\n"


def _phase(runs, ours):
    walls = [run["wall_s"] for run in runs]
    noisy = "~" if any(run["noisy"] for run in runs) else ""
    cpu = median(run["user_s"] + run["system_s"] for run in runs)
    most = max(runs, key=lambda run: run["peak_rss_bytes"])
    memory = f"{'≤ ' if most['little_memory'] else ''}{most['peak_rss_bytes'] / MIB:.0f}"
    ratio = "" if runs is ours or not ours else f"**{ratio_of(ours, runs):.2f}**"
    return [f"{median(walls):.2f}{noisy} ({min(walls):.2f}–{max(walls):.2f})", f"{cpu:.2f}", memory, ratio]


def ratio_of(ours, theirs):
    return median(run["wall_s"] for run in ours) / median(run["wall_s"] for run in theirs)


def _first_line(text):
    return (text or "not restored").partition("\n")[0].replace("|", "/")


LEGEND = """\
Median (minimum–maximum) of the wall time of the whole process, start included; CPU is user and system time of all its
processes; memory is the peak resident set of the largest of them. Input was in the page cache, nothing waited to be
written, and each contender's restore was compared with what was lost. `~`: during at least one of the runs other
processes used more than a tenth of the machine.
"""
