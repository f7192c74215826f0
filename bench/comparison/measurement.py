"""One timed run: nothing to write back, a quiet machine, then the command, then a look at who else was busy."""
import json
import os
import subprocess
import sys
import time

from .timed import machine_cpu

QUIET = 0.05
"""Share of the machine's CPU that others may use for it to count as quiet."""

NOISY = 0.10
"""Share of the machine's CPU, used by others during a run, from which on that run is repeated."""

REPEATS = 2


class CommandFailed(Exception):
    """A command of a contender ended with an error; the message holds the end of what it said."""


class Stopwatch:
    """Times commands. patience: seconds to wait for a quiet machine before each, at most; with 0 noise is accepted, and what
    others have to write."""

    def __init__(self, directory, patience, say):
        self._log = os.path.join(directory, "command.log")
        self._result = os.path.join(directory, "command.json")
        self.patience = patience
        self._say = say
        # What a program is charged for that uses next to nothing; less than this cannot be told apart.
        self.least_memory = self._once(["true"])["peak_rss_bytes"]

    def time(self, command, prepare):
        """Runs prepare, then the command, and returns what timed.py tells; repeats a run that others disturbed."""
        for attempt in range(REPEATS + 1):
            prepare()
            if self.patience:
                os.sync()
                self.settle()
            timed = self._once(command)
            if timed["others"] <= NOISY or not self.patience:
                break
            if attempt < REPEATS:
                self._say(f"  others used {timed['others']:.0%} of the machine; again")
        timed["noisy"] = timed["others"] > NOISY
        timed["little_memory"] = timed["peak_rss_bytes"] < 1.1 * self.least_memory
        return timed

    def untimed(self, command):
        self._once(command)

    def _once(self, command):
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "timed.py")
        subprocess.run([sys.executable, "-I", "-S", program, self._result, self._log, *command], check=True)
        with open(self._result) as file:
            timed = json.load(file)
        if timed["exit"] != 0:
            with open(self._log, errors="replace") as log:
                said = log.read()[-2000:].strip()
            raise CommandFailed(f"{said or 'nothing said'}\nexit code {timed['exit']}: {' '.join(command)}")
        return timed

    def settle(self):
        """Waits until the machine is quiet, or patience is at its end."""
        deadline = time.monotonic() + self.patience
        quiet = 0
        while quiet < 2 and time.monotonic() < deadline:
            busy, _ = machine_cpu()
            time.sleep(1)
            share = (machine_cpu()[0] - busy) / os.cpu_count()
            quiet = quiet + 1 if share < QUIET else 0
