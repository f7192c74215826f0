"""How long a start takes until requests are taken, and what the server holds in memory when nobody asks."""
import itertools
import os

from .part import cell, grouped, table
from .server import Server

NAME = "start"
MIB = 1 / (1 << 20)


def run(bench):
    """A record for each start."""
    records = []
    serial = itertools.count()
    sizes = [("the very first", 0), ("restart", 0), ("restart", bench.scale.tenth), ("restart", bench.scale.backups)]
    for _, count in sizes[2:]:
        bench.data.repository(count)
    for number in bench.rounds():
        for sort, count in sizes:
            record = {"part": NAME, "round": number, "sort": sort, "backups": count}
            record.update(_start(bench, sort, count, serial))
            bench.say(
                f"  {number} {sort:14} {count:6} backups: ready after {record['ready_s']:.2f} s,"
                f" at rest after {record['rest_s']:.1f} s, {record['rss_bytes'] >> 20} MiB, others {record['others']:.0%}"
            )
            if number:
                bench.note(record)
                records.append(record)
    return records


def _start(bench, sort, count, serial):
    server = None

    def begin():
        nonlocal server
        if server:
            server.stop()
        name = f"first-{next(serial)}" if sort == "the very first" else f"start-{count}"
        place = bench.data.repository(count) if count else os.path.join(bench.workspace.work, name, "repository")
        server = Server(bench.data, bench.launcher, name, place)
        return {"ready_s": server.start(), "cpu_s": server.cpu()}

    try:
        timed = bench.watch.over(begin, [_Whichever(lambda: server)])
        return {**timed, "rest_s": server.rest(bench.scale.idle), **server.memory()}
    finally:
        if server:
            server.stop()


class _Whichever:
    """The server that is up by now."""

    def __init__(self, now):
        self._now = now

    def cpu(self):
        return self._now().cpu() if self._now() else 0.0


def section(bench, records):
    rows = []
    for (sort, count), group in grouped(records, "sort", "backups"):
        row = [f"{count:,} backups, {sort}", cell(group, "ready_s"), cell(group, "cpu_s"), cell(group, "rest_s", "{:.1f}")]
        rows.append(row + [cell(group, key, "{:.0f}", MIB) for key in ("rss_bytes", "anonymous_bytes", "files_bytes")])
    heads = ["", "ready s", "CPU s till then", "at rest after s", "resident MiB", "of its own", "of files"]
    return (
        f"## Start and memory\n\nMemory is that of {bench.scale.idle:g} s after the start, or later, when the server had\n"
        "used no CPU for a second: it had read every manifest then, and nobody had asked for anything. Files are jars and\n"
        "the class cache, which the kernel can drop.\n\n" + table(heads, rows)
    )
