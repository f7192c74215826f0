"""One comparison: contenders back the same live thing up in turns (A B C A B C …), lose it, and bring it back in turns.

Input is in the page cache and nothing waits to be written when a timed run begins. What a contender brought back is
compared with what was lost; the figures of one that did not bring back the same are not reported.
"""
import os
import shutil
from dataclasses import dataclass, field

from .contender import Place
from .measurement import CommandFailed


@dataclass
class Result:
    """What one contender needed: timed runs as timed.py tells them. failure: why there are none, else empty."""

    contender: str
    does: str
    backup: list = field(default_factory=list)
    restore: list = field(default_factory=list)
    stored_bytes: int = 0
    equal: bool = False
    failure: str = ""


@dataclass(frozen=True)
class Scenario:
    name: str
    title: str
    subject: object
    contenders: list
    most_runs: int = 1000
    warm: bool = True
    """Whether what is read is in the page cache; not for what does not fit into it."""

    def run(self, workspace, stopwatch, runs, say):
        """Runs it; returns a Result for each contender, Holdfast's first."""
        say(f"{self.name}:")
        workspace.clear_work()
        live = os.path.join(workspace.work, "live")
        self.subject.provide(live)
        entrants = []
        for number, contender in enumerate(self.contenders):
            result = Result(contender.name, contender.does)
            place = Place(live, os.path.join(workspace.work, f"store-{number}"))
            missing = contender.missing()
            if missing:
                result.failure = "not installed: " + ", ".join(missing)
                say(f"  {contender.name}: {result.failure}")
            entrants.append((contender, place, result))
        rounds = range(min(runs, self.most_runs))
        application = self.subject.use(live)
        try:
            for number in rounds:
                for entrant in entrants:
                    self._attempt(entrant, "backup", number, self._back_up, stopwatch, say)
        finally:
            application.close()
        self._validate(entrants, stopwatch, say)
        for number in rounds:
            for entrant in entrants:
                self._attempt(entrant, "restore", number, self._restore, stopwatch, say)
        self.subject.leave(live, proven=all(result.equal for _, _, result in entrants))
        workspace.clear_work()
        return [result for _, _, result in entrants]

    def _attempt(self, entrant, phase, number, step, stopwatch, say):
        contender, place, result = entrant
        if result.failure:
            return
        try:
            timed = step(contender, place, result, stopwatch)
        except CommandFailed as failure:
            result.failure = f"{phase}: {failure}"
            say(f"  {contender.name}: FAILED {result.failure}")
            return
        say(
            f"  {number + 1} {phase:7} {contender.name:36} {timed['wall_s']:8.2f} s,"
            f" CPU {timed['user_s'] + timed['system_s']:7.2f} s, {timed['peak_rss_bytes'] >> 20:5} MiB,"
            f" others {timed['others']:4.0%}"
        )

    def _back_up(self, contender, place, result, stopwatch):
        def prepare():
            contender.begin(place)
            if self.warm:
                read(place.live)

        timed = stopwatch.time(contender.backup(place), prepare)
        result.backup.append(timed)
        result.stored_bytes = _size(place.store)
        return timed

    def _validate(self, entrants, stopwatch, say):
        for contender, place, result in entrants:
            command = contender.validate(place)
            if command and not result.failure:
                try:
                    stopwatch.untimed(command)
                except CommandFailed as failure:
                    result.failure = f"validate: {failure}"
                    say(f"  {contender.name}: FAILED {result.failure}")

    def _restore(self, contender, place, result, stopwatch):
        def prepare():
            if os.path.exists(place.live):
                self.subject.lose(place.live)
            if self.warm:
                read(place.store)

        timed = stopwatch.time(contender.restore(place), prepare)
        result.restore.append(timed)
        if not result.equal:
            differences = self.subject.differences(place.live, contender.mtime_unit)
            if differences:
                raise CommandFailed("what was restored differs:\n  " + "\n  ".join(differences))
            result.equal = True
        return timed


def read(root):
    """Brings files into the page cache."""
    for directory, _, names in os.walk(root):
        for name in names:
            path = os.path.join(directory, name)
            if os.path.isfile(path) and not os.path.islink(path):
                with open(path, "rb", buffering=0) as file:
                    while file.read(1 << 20):
                        pass


def _size(root):
    return sum(
        os.lstat(os.path.join(directory, name)).st_blocks * 512 for directory, _, names in os.walk(root) for name in names
    )
