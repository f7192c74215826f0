"""What goes on while requests are measured. Each is entered with a server, and gives a dictionary that it fills."""
import os
import statistics
import threading
import time
from contextlib import contextmanager

from .data import BULK
from .failure import Failed
from .server import BACKUPS

EVERY = 0.4
"""Seconds: short enough that each of the requests comes soon after a change."""


@contextmanager
def nothing(server):
    yield {}


@contextmanager
def backups(server):
    """One backup of the bulk after the other; begins when the first is under way, and deletes them at its end."""
    made, took = [], []

    def once():
        begun = time.monotonic()
        made.append(server.ask(BACKUPS, "POST", {"components": [BULK]})["run_id"])
        took.append(time.monotonic() - begun)

    with _Repeated(once) as repeated:
        while not _is_running(server):
            repeated.still_well()
            time.sleep(0.01)
        told = {}
        yield told
        told["published"] = len(made)
    told["backup_s"] = statistics.median(took)
    for run in made:
        server.ask(f"{BACKUPS}/{run}", "DELETE")


@contextmanager
def changes(server):
    """The newest backup goes and comes by renames, as somebody else's `rm` or a backup of another process shows."""
    completed = os.path.join(server.repository, "completed")
    newest = max(os.listdir(completed), key=lambda name: name[16:22])
    places = os.path.join(completed, newest), os.path.join(os.path.dirname(server.repository), newest)
    count = 0

    def once():
        nonlocal count
        os.rename(places[count % 2], places[1 - count % 2])
        count += 1
        time.sleep(EVERY)

    try:
        with _Repeated(once):
            told = {}
            yield told
            told["changes"] = count
    finally:
        if count % 2:
            os.rename(places[1], places[0])


class _Repeated:
    """Does something again and again on a thread of its own; its failure shows at the end."""

    def __init__(self, once):
        self._once = once
        self._enough = threading.Event()
        self._failure = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        try:
            while not self._enough.is_set():
                self._once()
        except (Failed, OSError) as failure:
            self._failure = failure

    def still_well(self):
        if self._failure:
            raise Failed(f"meanwhile: {self._failure}")

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, kind, *_):
        self._enough.set()
        self._thread.join()
        if kind is None:
            self.still_well()


def _is_running(server):
    runs = server.ask("/api/v1/admin/runs?limit=1")["data"]
    return bool(runs) and runs[0]["status"] == "running"
