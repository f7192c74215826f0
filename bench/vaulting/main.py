"""The command line."""
import argparse
import os
import re
import sys
import time

from comparison import machine
from comparison.holdfast import build
from comparison.measurement import Stopwatch
from comparison.report import head
from comparison.workspace import Workspace

from . import report
from .courses import courses
from .scale import SCALES

BENCH = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TOOLS = {
    "restic": ["restic", "version"], "borg": ["borg", "--version"], "tar": ["tar", "--version"], "zstd": ["zstd", "--version"],
}


def main(arguments):
    """Returns the exit code: 0 if every scenario has figures of Holdfast's, else 1."""
    options = _options(arguments)
    say = lambda text: print(text, file=sys.stderr, flush=True)
    if not sys.platform.startswith("linux"):
        raise SystemExit("bench/vault: this needs Linux, because it reads /proc")
    scale = SCALES[options.scale]
    workspace = Workspace(options.data, scale, say)
    chosen = [course for course in courses(workspace, scale, options.holdfast) if re.search(options.only, course.name)]
    if not chosen:
        raise SystemExit(f"bench/vault: no scenario matches {options.only}")
    if options.list:
        print("\n".join(f"{course.name:8} {course.title}" for course in chosen))
        return 0
    workspace.open()
    build(options.holdfast, say)
    patience = options.patience if options.patience is not None else 0 if options.scale == "tiny" else 120
    stopwatch = Stopwatch(workspace.root, patience, say)
    os.makedirs(options.results, exist_ok=True)
    base = os.path.join(options.results, time.strftime("%Y%m%d-%H%M%S") + "-vault")
    good = True
    with open(base + ".jsonl", "w") as records, open(base + ".md", "w") as tables:
        tables.write(head(machine.facts(workspace.root, options.holdfast, TOOLS)) + report.LEGEND.format(runs=options.runs))
        for course in chosen:
            results = course.run(workspace, stopwatch, options.runs, say)
            records.writelines(line + "\n" for line in course.report.lines(course, results))
            records.flush()
            tables.write(course.report.section(course, results))
            tables.flush()
            good = good and results[0].equal and not results[0].failure
    with open(base + ".md") as tables:
        print(tables.read())
    say(f"written: {base}.md, {base}.jsonl")
    return 0 if good else 1


def _options(arguments):
    parser = argparse.ArgumentParser(prog="bench/vault", description="Measures the vault beside restic, borg and tar with zstd.")
    parser.add_argument("--runs", type=int, default=5, help="rounds (5)")
    parser.add_argument("--only", default="", metavar="REGEX", help="scenarios whose name matches: tree, sqlite, small, large, requests")
    parser.add_argument("--scale", choices=SCALES, default="small", help="tiny: seconds, to test this program; small: 6.7 GiB")
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
