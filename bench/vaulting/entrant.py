"""A contender in a scenario: takes its steps, and proves what came of them."""
import os
import shutil
import subprocess

from comparison.away import put_away
from comparison.measurement import CommandFailed
from comparison.scenario import read

from .contender import Without
from .result import BACKUPS, Result

CHANGE_THE_STORE = ("unchanged", "changed", "forget")
"""Steps that find another store a second time; the first backup begins with a new one."""


class Entrant:
    """result: what it came to."""

    def __init__(self, contender, place, subject, stopwatch, say):
        self.result = Result(contender.name, contender.does)
        self._contender = contender
        self._place = place
        self._subject = subject
        self._stopwatch = stopwatch
        self._say = say
        missing = contender.missing()
        if missing:
            self.result.failure = "not installed: " + ", ".join(missing)
            say(f"  {contender.name}: {self.result.failure}")

    def take(self, step, number):
        """Takes a timed step of a round, unless an earlier one failed."""
        if self.result.failure or step in self.result.without:
            return
        try:
            timed = self._timed(step)
        except CommandFailed as failure:
            self._fail(step, failure)
            return
        if timed is None:
            return
        timed["stored_bytes"] = stored(self._place.repository)
        self.result.steps[step].append(timed)
        self._say(
            f"  {number + 1} {step:9} {self._contender.name:16} {timed['wall_s']:8.2f} s,"
            f" CPU {timed['user_s'] + timed['system_s']:7.2f} s, {timed['peak_rss_bytes'] >> 20:5} MiB,"
            f" stored {timed['stored_bytes'] / (1 << 20):9.2f} MiB, others {timed['others']:4.0%}"
        )
        if step == "restore":
            self._prove()

    def testify(self):
        """Lets somebody else look at the store, untimed."""
        command = self._contender.witness(self._place)
        if command and not self.result.failure:
            try:
                self._stopwatch.untimed(command)
            except CommandFailed as failure:
                self._fail("witness", failure)

    def _timed(self, step):
        # After begin, which says where everything is.
        if step == "first":
            self._contender.begin(self._place, self._stopwatch)
        command = self._command(step)
        if isinstance(command, Without):
            self.result.without[step] = command.reason
            self._say(f"  {self._contender.name}: no {step}: {command.reason}")
            return None
        begun = False

        def prepare():
            nonlocal begun
            self._prepare(step, again=begun)
            begun = True

        return self._stopwatch.time(command, prepare)

    def _command(self, step):
        if step in BACKUPS:
            return self._contender.backup(self._place, step)
        return getattr(self._contender, step)(self._place)

    def _prepare(self, step, again):
        place = self._place
        if again and step == "first":
            self._contender.begin(place, self._stopwatch)
        # A run that others disturb is repeated, from where it began.
        if step in CHANGE_THE_STORE and self._stopwatch.patience:
            before = place.store + ".before"
            if again:
                shutil.rmtree(place.store)
                subprocess.run(["cp", "-a", before, place.store], check=True)
            else:
                shutil.rmtree(before, ignore_errors=True)
                subprocess.run(["cp", "-a", place.store, before], check=True)
        if step == "restore":
            put_away(place.target)
        read(place.live if step in BACKUPS else place.store)

    def _prove(self):
        if self.result.equal:
            return
        differences = self._subject.differences(self._contender.restored(self._place), self._contender.mtime_unit)
        if differences:
            self._fail("restore", "what was restored differs:\n  " + "\n  ".join(differences))
        else:
            self.result.equal = True

    def _fail(self, step, failure):
        self.result.failure = f"{step}: {failure}"
        self._say(f"  {self._contender.name}: FAILED {self.result.failure}")


def stored(repository):
    """The lengths of all files: what a bucket would hold."""
    return sum(os.lstat(os.path.join(directory, name)).st_size for directory, _, names in os.walk(repository) for name in names)
