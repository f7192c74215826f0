"""One scenario: in each round every contender takes every step, in turns (A B C, A B C, …), on the same live data.

Input is in the page cache and nothing waits to be written when a timed step begins. What a contender brought back is
compared with what was live; the figures of one that did not bring back the same are not reported.
"""
import os
from contextlib import ExitStack, closing
from dataclasses import dataclass

from . import report
from .contender import Place
from .entrant import Entrant


@dataclass(frozen=True)
class Course:
    """contenders: a function that gives them, Holdfast first; asked for when it runs, as that asks the launcher what it can do."""

    name: str
    title: str
    subject: object
    contenders: object

    report = report
    """How its results are told: a module with `lines` and `section`."""

    def run(self, workspace, stopwatch, runs, say):
        """Takes it; returns a Result for each contender, Holdfast's first."""
        say(f"{self.name}:")
        workspace.clear_work()
        live = os.path.join(workspace.work, "live")
        with ExitStack() as until_the_end:
            entrants = [
                self._entrant(contender, os.path.join(workspace.work, str(number)), live, stopwatch, say, until_the_end)
                for number, contender in enumerate(self.contenders())
            ]
            for number in range(runs):
                self.subject.provide(live)
                with closing(self.subject.use(live)):
                    _turns(entrants, number, "first", "unchanged")
                self.subject.evolve(live)
                with closing(self.subject.use(live)):
                    _turns(entrants, number, "changed")
                _turns(entrants, number, "restore", "check", "forget")
                for entrant in entrants:
                    entrant.testify()
        workspace.clear_work()
        return [entrant.result for entrant in entrants]

    def _entrant(self, contender, path, live, stopwatch, say, until_the_end):
        """path: where its own places begin. until_the_end: an ExitStack that takes what has to be closed."""
        return Entrant(contender, Place(live, f"{path}-store", f"{path}-target"), self.subject, stopwatch, say)


def _turns(entrants, number, *steps):
    for step in steps:
        for entrant in entrants:
            entrant.take(step, number)
