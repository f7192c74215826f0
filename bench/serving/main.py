"""The command line."""
import argparse
import dataclasses
import json
import os
import re
import signal
import sys
import time

from comparison import machine, report
from comparison.holdfast import build
from comparison.measurement import CommandFailed, Stopwatch
from comparison.workspace import Workspace

from . import peers, requests, starts
from .clients import Clients
from .data import Data
from .failure import Failed
from .part import Bench
from .scale import FEWEST, MOST, SCALES
from .watch import Watch
from .wrk import Wrk

BENCH = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PARTS = (starts, requests, peers)
TOOLS = {"restic": ["restic", "version"], "wrk": ["wrk", "-v"]}


def main(arguments):
    """Returns the exit code: 0 if every part has figures, else 1."""
    if not sys.platform.startswith("linux"):
        raise SystemExit("bench/serve: this needs Linux, because it reads /proc")
    options = _options(arguments)
    # So that a server that is up is ended with this.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    say = lambda text: print(text, file=sys.stderr, flush=True)
    scale = SCALES[options.scale]
    if options.backups:
        scale = dataclasses.replace(scale, backups=options.backups)
    workspace = Workspace(options.data, scale, say)
    workspace.open()
    build(options.holdfast, say)
    patience = options.patience if options.patience is not None else 0 if options.scale == "tiny" else 120
    stopwatch = Stopwatch(workspace.root, patience, say)
    with_wrk = options.generator == "wrk" or not options.generator and Wrk.is_installed()
    os.makedirs(options.results, exist_ok=True)
    base = os.path.join(options.results, time.strftime("%Y%m%d-%H%M%S") + "-serve")
    good = True
    with open(base + ".jsonl", "w") as records, open(base + ".md", "w") as tables:

        def note(record):
            records.write(json.dumps(record) + "\n")
            records.flush()

        bench = Bench(
            data=Data(workspace, scale, options.holdfast, say),
            scale=scale,
            launcher=options.holdfast,
            stopwatch=stopwatch,
            watch=Watch(stopwatch, say),
            generator=Wrk(scale.seconds, workspace.work) if with_wrk else Clients(scale.requests),
            workspace=workspace,
            runs=options.runs,
            say=say,
            note=note,
        )
        facts = machine.facts(workspace.root, options.holdfast, TOOLS)
        tables.write(report.head(facts) + LEGEND.format(runs=options.runs))
        for part in PARTS:
            if re.search(options.only, part.NAME):
                say(f"{part.NAME}:")
                try:
                    tables.write(part.section(bench, part.run(bench)))
                except (Failed, CommandFailed) as failure:
                    good = False
                    say(f"  FAILED {failure}")
                    tables.write(f"## No figures: {part.NAME}\n\n" + str(failure).partition("\n")[0] + "\n\n")
                tables.flush()
    workspace.clear_work()
    with open(base + ".md") as tables:
        print(tables.read())
    say(f"written: {base}.md, {base}.jsonl")
    return 0 if good else 1


def _options(arguments):
    parser = argparse.ArgumentParser(
        prog="bench/serve", description="Measures the server, and beside it a peer that lists its snapshots."
    )
    parser.add_argument("--runs", type=int, default=5, help="timed runs of each thing, after one that is not counted (5)")
    parser.add_argument("--only", default="", metavar="REGEX", help="parts whose name matches: start, requests, peer")
    parser.add_argument("--scale", choices=SCALES, default="small", help="tiny: 50 backups, to test this program; small: 10,000")
    parser.add_argument("--backups", type=int, metavar="N", help=f"another number of backups, {FEWEST} to {MOST}")
    parser.add_argument("--generator", choices=("wrk", "python"), help="what makes the load; wrk if it is installed")
    parser.add_argument("--data", metavar="DIR", default=os.path.join(os.environ.get("TMPDIR") or "/tmp", "holdfast-bench"),
                        help="where data is made, kept, and worked with; on the file system to measure (%(default)s)")
    parser.add_argument("--results", metavar="DIR", default=os.path.join(BENCH, "results"),
                        help="where results go (bench/results)")
    parser.add_argument("--holdfast", metavar="FILE", default=os.path.join(os.path.dirname(BENCH), "holdfast"),
                        help="the launcher to measure (./holdfast)")
    parser.add_argument("--patience", type=int, metavar="SECONDS",
                        help="how long to wait for a quiet machine before a run; with 0 also noisy runs count (120; tiny: 0)")
    options = parser.parse_args(arguments)
    if options.runs < 1:
        parser.error("--runs must be at least 1")
    if options.backups is not None and not FEWEST <= options.backups <= MOST:
        parser.error(f"--backups must be {FEWEST} to {MOST}")
    if options.generator == "wrk" and not Wrk.is_installed():
        parser.error("--generator: wrk is not installed")
    options.holdfast = os.path.abspath(options.holdfast)
    return options


LEGEND = """\
Medians of {runs} (minimum–maximum), after one round that was not counted. Server, load and peer ran on the same machine. `~`:
during at least one of the runs other processes used more than a tenth of the machine.

"""
