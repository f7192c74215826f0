"""Load from wrk, which takes less of the processor than what we could write."""
import json
import os
import shutil
import subprocess

from .failure import Failed

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "wrk.lua")


class Wrk:
    """seconds: how long one run lasts. place: a directory for its orders."""

    name = "wrk, one thread"

    def __init__(self, seconds, place):
        self._seconds = seconds
        self._paths = os.path.join(place, "wrk.paths")

    @staticmethod
    def is_installed():
        return shutil.which("wrk") is not None

    def load(self, port, token, paths, connections):
        """Asks for the paths in turn over so many connections at once; requests a second, latencies."""
        with open(self._paths, "w") as file:
            file.writelines(path + "\n" for path in paths)
        done = subprocess.run(
            ["wrk", "-t", "1", "-c", str(connections), "-d", f"{self._seconds}s", "-s", SCRIPT, f"http://127.0.0.1:{port}"],
            env=dict(os.environ, BENCH_PATHS=self._paths, BENCH_TOKEN=token),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        try:
            told = json.loads(done.stdout.strip().splitlines()[-1])
        except (ValueError, IndexError):
            raise Failed(f"wrk: exit code {done.returncode}\n{done.stdout[-2000:]}")
        wrong = told.pop("wrong")
        if wrong:
            raise Failed(f"{wrong} of {told['requests']} answers were errors")
        return {**told, "per_s": told["requests"] / told["wall_s"]}
