"""The life of a repository behind a server, counted: what a program asks a storage for, and how much of it goes over the line.

One round, since the same data makes the same requests; and no waiting for a quiet machine, since no time is taken.
"""
from dataclasses import dataclass

from comparison.measurement import Stopwatch

from . import traffic_report
from .contender import Place
from .counting import CountingServer
from .course import Course
from .entrant import Entrant


@dataclass(frozen=True)
class Traffic(Course):
    """A scenario whose contenders each have their repository behind a server of its own."""

    report = traffic_report

    def run(self, workspace, stopwatch, runs, say):
        return super().run(workspace, lambda server: _Counting(workspace.root, server, say), 1, say)

    def _entrant(self, contender, path, live, stopwatch, say, until_the_end):
        place = Place(live, f"{path}-store", f"{path}-target")
        server = CountingServer(place.repository)
        until_the_end.callback(server.close)
        served = Place(place.live, place.store, place.target, server.address)
        return Entrant(contender, served, self.subject, stopwatch(server), say)


class _Counting(Stopwatch):
    """Adds to what it tells of a command what the server was asked meanwhile."""

    def __init__(self, directory, server, say):
        super().__init__(directory, 0, say)
        self._server = server

    def time(self, command, prepare):
        def prepared():
            prepare()
            self._server.taken()

        timed = super().time(command, prepared)
        return {**timed, **self._server.taken()}
