"""How many requests a second the server answers, and how late, while this or that goes on."""
import subprocess
import sys
from contextlib import contextmanager
from os import path
from statistics import median

from . import meanwhile
from .part import cell, grouped, table
from .server import Server
from .targets import FIRST, targets
from .watch import process_cpu

NAME = "requests"
CONNECTIONS = (1, 8)
NOTHING = "a server that does nothing"
MEANWHILE = {
    "nothing": ("nothing else goes on", meanwhile.nothing),
    "backups": ("backups run, one after the other", meanwhile.backups),
    "changes": ("the newest backup goes and comes, every 0.4 s", meanwhile.changes),
}


def run(bench):
    """A record for each timed run."""
    scale, records = bench.scale, []
    with _server(bench, scale.tenth) as few, _server(bench, scale.backups) as many, _do_nothing(many) as nothing:
        asked = [(few, scale.tenth, targets(few, scale.tenth)[0])]
        asked += [(many, scale.backups, target) for target in targets(many, scale.backups)]
        of_nothing = [(nothing, 0, asked[1][2])]
        plan = [("nothing", of_nothing + asked), ("backups", asked[1:]), ("changes", asked[:2])]
        for number in bench.rounds():
            for going_on, chosen in plan:
                for connections in CONNECTIONS:
                    for server, count, target in chosen:
                        record = {
                            "part": NAME, "round": number, "meanwhile": going_on,
                            "asked": NOTHING if server is nothing else target.name, "backups": count,
                            "connections": connections, "generator": bench.generator.name,
                            **_load(bench, server, target, connections, MEANWHILE[going_on][1], (few, many, nothing)),
                        }
                        _tell(bench, record)
                        if number:
                            bench.note(record)
                            records.append(record)
        last = {"part": "memory", "backups": scale.backups, "after": "all requests", **many.memory()}
        bench.note(last)
    return records + [last]


def _load(bench, server, target, connections, going_on, servers):
    def step():
        with going_on(server) as told:
            before = server.cpu()
            load = bench.generator.load(server.port, server.token, target.paths, connections)
            load["server_cpu_ms"] = (server.cpu() - before) * 1000 / load["requests"]
        return {**load, **told}

    return bench.watch.over(step, servers)


def _tell(bench, record):
    bench.say(
        f"  {record['round']} {record['meanwhile']:8} {record['asked']:32} {record['backups']:6} backups,"
        f" {record['connections']} at once: {record['per_s']:8,.0f}/s, p50 {record['p50_ms']:6.2f} ms,"
        f" p99 {record['p99_ms']:7.2f} ms, others {record['others']:4.0%}"
    )


@contextmanager
def _server(bench, count):
    """A server that is up and has read everything."""
    with Server(bench.data, bench.launcher, f"requests-{count}", bench.data.repository(count)) as server:
        server.start()
        server.rest(0)
        yield server


class _Nothing:
    """Passes for a server; its answers are as long as a first page."""

    token = "none"

    def __init__(self, process):
        self._process = process
        self.port = int(process.stdout.readline())

    def cpu(self):
        return process_cpu(self._process.pid)


@contextmanager
def _do_nothing(server):
    size = server.size(FIRST)
    program = path.join(path.dirname(path.abspath(__file__)), "nothing.py")
    command = [sys.executable, "-I", "-S", program, str(size)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield _Nothing(process)


def section(bench, records):
    *timed, last = records
    text = (
        f"## Requests\n\nOver connections that stay open, from {bench.generator.name}, on the same machine. What\n"
        f"that takes itself shows in the lines of {NOTHING} but send as many bytes.\n\n"
    )
    for (going_on,), group in grouped(timed, "meanwhile"):
        text += f"### While {MEANWHILE[going_on][0]}\n\n" + _table(group)
        if going_on == "backups":
            text += f"A backup of {bench.scale.bulk_bytes >> 20} MiB took {cell(group, 'backup_s')} s meanwhile.\n\n"
        text += _flat(bench, group)
    resident, peak = last["rss_bytes"] >> 20, last["peak_bytes"] >> 20
    return text + (
        f"After all that the server with {last['backups']:,} backups had {resident} MiB resident, at its peak {peak} MiB.\n\n"
    )


def _table(records):
    rows = []
    for (asked, count, connections), group in grouped(records, "asked", "backups", "connections"):
        # While a backup runs, its work cannot be told from that for a request.
        cpu = "" if "backup_s" in group[0] else cell(group, "server_cpu_ms")
        row = [asked, f"{count:,}" if count else "", str(connections), cell(group, "per_s", "{:,.0f}")]
        rows.append(row + [cell(group, key) for key in ("p50_ms", "p99_ms")] + [cpu])
    return table(["", "backups", "at once", "requests/s", "p50 ms", "p99 ms", "server's CPU ms each"], rows)


def _flat(bench, records):
    """Whether the first page takes longer with more backups."""
    lines = ""
    for connections in CONNECTIONS:
        pages = [r for r in records if r["asked"].startswith("first page") and r["connections"] == connections]
        few = [r for r in pages if r["backups"] == bench.scale.tenth]
        many = [r for r in pages if r["backups"] == bench.scale.backups]
        if few and many:
            p50, p99 = (median(r[key] for r in many) / median(r[key] for r in few) for key in ("p50_ms", "p99_ms"))
            counts = f"{bench.scale.backups:,} backups to {bench.scale.tenth:,}"
            lines += f"- First page, {connections} at once, {counts}: p50 **{p50:.2f}**, p99 **{p99:.2f}**.\n"
    return lines + "\n" if lines else ""
