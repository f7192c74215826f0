"""Load from processes of our own, for where wrk is not installed."""
import json
import math
import os
import subprocess
import sys

from .failure import Failed

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "client.py")

LONGEST = 20
"""Seconds of one run, however slow the answers are."""


class Clients:
    """requests: in one run, over all connections."""

    name = "Python's http.client, a process for each connection"

    def __init__(self, requests):
        self._requests = requests

    def load(self, port, token, paths, connections):
        """Asks for the paths in turn over so many connections at once; requests a second, latencies."""
        processes = [
            subprocess.Popen([sys.executable, "-I", "-S", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(connections)
        ]
        try:
            for number, process in enumerate(processes):
                first = len(paths) * number // connections
                order = {"port": port, "token": token, "paths": paths[first:] + paths[:first],
                         "count": max(1, self._requests // connections), "seconds": LONGEST}
                _tell(process, json.dumps(order))
            for process in processes:
                if process.stdout.readline() != "ready\n":
                    raise Failed("a client could not connect")
            for process in processes:
                _tell(process, "go")
            return _summary([_heard(process) for process in processes])
        finally:
            for process in processes:
                process.kill()
                process.communicate()


def _tell(process, line):
    try:
        process.stdin.write(line + "\n")
        process.stdin.flush()
    except BrokenPipeError:
        raise Failed("a client ended before its time")


def _heard(process):
    line = process.stdout.readline()
    if not line:
        raise Failed("a client ended before its time")
    return json.loads(line)


def _summary(told):
    took = sorted(latency for client in told for latency in client["took_ns"])
    wrong = sum(client["wrong"] for client in told)
    if wrong:
        raise Failed(f"{wrong} of {len(took)} answers were not 200")
    wall = max(client["ended"] for client in told) - min(client["begun"] for client in told)
    return {
        "requests": len(took), "wall_s": wall, "per_s": len(took) / wall, "bytes": sum(client["bytes"] for client in told),
        "p50_ms": percentile(took, 50), "p99_ms": percentile(took, 99), "max_ms": took[-1] / 1e6,
    }


def percentile(took, share):
    """Of ascending nanoseconds, in milliseconds: the least that so many percent do not exceed."""
    return took[math.ceil(len(took) * share / 100) - 1] / 1e6
