"""The command line."""
import argparse
import os
import re
import sys
import time

from . import machine, report
from .holdfast import build
from .measurement import Stopwatch
from .scale import SCALES
from .scenarios import scenarios
from .workspace import Workspace

BENCH = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def main(arguments):
    """Returns the exit code: 0 if every scenario has figures of Holdfast's, else 1."""
    options = _options(arguments)
    say = lambda text: print(text, file=sys.stderr, flush=True)
    if not sys.platform.startswith("linux"):
        raise SystemExit("bench/run: this needs Linux, because it reads /proc")
    scale = SCALES[options.scale]
    workspace = Workspace(options.data, scale, say)
    chosen = [s for s in scenarios(workspace, scale, options.holdfast) if re.search(options.only, s.name)]
    if not chosen:
        raise SystemExit(f"bench/run: no scenario matches {options.only}")
    if options.list:
        print("\n".join(f"{scenario.name:16} {scenario.title}" for scenario in chosen))
        return 0
    workspace.open()
    build(options.holdfast, say)
    patience = options.patience if options.patience is not None else 0 if options.scale == "tiny" else 120
    stopwatch = Stopwatch(workspace.root, patience, say)
    os.makedirs(options.results, exist_ok=True)
    base = os.path.join(options.results, time.strftime("%Y%m%d-%H%M%S"))
    good = True
    with open(base + ".jsonl", "w") as records, open(base + ".md", "w") as tables:
        tables.write(report.head(machine.facts(workspace.root, options.holdfast, machine.PLAIN_TOOLS)) + report.LEGEND + "\n")
        for scenario in chosen:
            results = scenario.run(workspace, stopwatch, options.runs, say)
            records.writelines(line + "\n" for line in report.lines(scenario, results))
            records.flush()
            tables.write(report.section(scenario, results))
            tables.flush()
            good = good and results[0].equal and not results[0].failure
    with open(base + ".md") as tables:
        print(tables.read())
    say(f"written: {base}.md, {base}.jsonl")
    return 0 if good else 1


def _options(arguments):
    parser = argparse.ArgumentParser(prog="bench/run", description="Measures Holdfast beside the plain tools that do the same work.")
    parser.add_argument("--runs", type=int, default=5, help="timed runs of each contender (5)")
    parser.add_argument("--only", default="", metavar="REGEX", help="scenarios whose name matches")
    parser.add_argument("--scale", choices=SCALES, default="small",
                        help="tiny: seconds, to test this program; small: 2.5 GiB; full: also a million files and 20 GiB")
    parser.add_argument("--data", metavar="DIR", default=os.path.join(os.environ.get("TMPDIR") or "/tmp", "holdfast-bench"),
                        help="where data is made, kept for the next time, and worked with; on the file system to measure (%(default)s)")
    parser.add_argument("--results", metavar="DIR", default=os.path.join(BENCH, "results"), help="where results go (bench/results)")
    parser.add_argument("--holdfast", metavar="FILE", default=os.path.join(os.path.dirname(BENCH), "holdfast"),
                        help="the launcher to measure (./holdfast)")
    parser.add_argument("--patience", type=int, metavar="SECONDS",
                        help="how long to wait for a quiet machine before a run; with 0 also noisy runs count (120; tiny: 0)")
    parser.add_argument("--list", action="store_true", help="list the scenarios")
    options = parser.parse_args(arguments)
    if options.runs < 1:
        parser.error("--runs must be at least 1")
    options.holdfast = os.path.abspath(options.holdfast)
    return options
