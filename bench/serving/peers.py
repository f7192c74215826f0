"""Beside a peer that lists its snapshots, and has no server: cold processes, and requests."""
import json
import os
import shutil
import subprocess
import time
from statistics import median

from .failure import Failed
from .part import cell, grouped, table
from .restic import Restic
from .server import Server
from .targets import FIRST, PAGE, all_backups

NAME = "peer"
REPEATS = 20
RESTIC = "`restic snapshots --json`"


def run(bench):
    """A record for each timed run."""
    count, records = bench.scale.tenth, []
    repository = bench.data.repository(count)
    configuration = bench.data.configuration("list", repository)
    with Server(bench.data, bench.launcher, "peer", repository) as server:
        server.start()
        server.rest(0)
        contenders = [*_restic(bench, count), *_holdfast(bench, configuration, count), *_requests(bench, server, count)]
        for number in bench.rounds():
            for name, measure in contenders:
                record = {"part": NAME, "round": number, "contender": name, "backups": count, **measure()}
                bench.say(f"  {number} {name:60} {record['wall_s'] * 1000:9.2f} ms, others {record['others']:4.0%}")
                if number:
                    bench.note(record)
                    records.append(record)
    return records


def _restic(bench, count):
    if not Restic.is_installed():
        bench.say("  restic: not installed")
        return
    restic = Restic(bench.data.root, bench.say)
    restic.provide(count)
    yield RESTIC, _command(bench, restic.command(count, "snapshots", "--json"))
    yield "of which it opens the repository: `restic cat config`", _command(bench, restic.command(count, "cat", "config"))


def _holdfast(bench, configuration, count):
    for words, expected in ((["--limit", str(PAGE)], min(PAGE, count)), ([], count)):
        command = [bench.launcher, "backup", "list", "--json", *words, "--config", configuration]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0 or len(json.loads(done.stdout)["backups"]) != expected:
            raise Failed(f"{' '.join(command)}: does not list {expected} backups\n{done.stderr[-2000:]}")
        yield " ".join(["`holdfast backup list --json", *words]) + "`", _command(bench, command)


def _requests(bench, server, count):
    if shutil.which("curl"):
        header = os.path.join(bench.workspace.work, "header")
        with open(os.open(header, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(f"Authorization: Bearer {server.token}\n")
        url = f"http://127.0.0.1:{server.port}{FIRST}"
        yield f"`curl`, first page of {PAGE}", _command(bench, ["curl", "-sSf", "-H", "@" + header, url])
    else:
        bench.say("  curl: not installed")
    yield f"a request on a new connection, first page of {PAGE}", _asked(bench, server, lambda: server.ask(FIRST))
    walk = lambda: all_backups(server, 200)
    if len(walk()[0]) != count:
        raise Failed(f"the pages do not list {count} backups")
    yield "requests for all, in pages of 200, on a new connection each", _asked(bench, server, walk)


def _command(bench, command):
    return lambda: bench.stopwatch.time(command, lambda: None)


def _asked(bench, server, ask):
    """Of so short a thing, one run is the median of some."""

    def step():
        took = []
        for _ in range(REPEATS):
            begun = time.perf_counter()
            ask()
            took.append(time.perf_counter() - begun)
        return {"wall_s": median(took)}

    return lambda: bench.watch.over(step, [server])


def section(bench, records):
    count = bench.scale.tenth
    groups = grouped(records, "contender")
    theirs = [record["wall_s"] for record in records if record["contender"] == RESTIC]
    rows = []
    for (name,), group in groups:
        ratio = median(record["wall_s"] for record in group) / median(theirs) if theirs else None
        cpu = cell([{"cpu": r["user_s"] + r["system_s"]} for r in group], "cpu") if "user_s" in group[0] else ""
        memory = f"{max(r['peak_rss_bytes'] for r in group) >> 20}" if "peak_rss_bytes" in group[0] else ""
        rows.append([name, cell(group, "wall_s", "{:,.2f}", 1000), cpu, memory, f"{ratio:.3f}" if ratio else ""])
    missing = [tool for tool in ("restic", "curl") if not shutil.which(tool)]
    return (
        f"## Beside restic\n\n{count:,} snapshots there, {count:,} backups here. A command is a whole process, with nothing\n"
        "of it running before; restic's includes deriving the key from the password. Requests come from a process that was\n"
        f"there, to a server that was up; each run is the median of {REPEATS}.\n\n"
        + "".join(f"Not installed: {tool}.\n\n" for tool in missing)
        + table(["", "ms", "CPU s", "memory MiB", "to `restic snapshots`"], rows)
    )
