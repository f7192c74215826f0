"""One measurement on a quiet machine, and a look at who else was busy."""
import os
import resource
import time

from comparison.measurement import NOISY, REPEATS
from comparison.timed import TICK, kernel_cpu, machine_cpu


class Watch:
    """stopwatch: knows when the machine is quiet. say: told of repetitions."""

    def __init__(self, stopwatch, say):
        self._stopwatch = stopwatch
        self._say = say

    def over(self, step, servers):
        """Runs step, which returns what it measured; that, with what others did meanwhile. servers: those whose work
        is no noise. Repeats what others disturbed."""
        for attempt in range(REPEATS + 1):
            os.sync()
            self._stopwatch.settle()
            own, kernel, busy, begun = _own(servers), kernel_cpu(), machine_cpu()[0], time.monotonic()
            measured = step()
            capacity = (time.monotonic() - begun) * os.cpu_count()
            busy = machine_cpu()[0] - busy
            others = max(0.0, busy - (kernel_cpu() - kernel) - (_own(servers) - own)) / capacity
            measured["others"], measured["noisy"] = others, others > NOISY
            if not measured["noisy"] or not self._stopwatch.patience:
                break
            if attempt < REPEATS:
                self._say(f"  others used {others:.0%} of the machine; again")
        return measured


def process_cpu(pid):
    """CPU seconds that a process has used which has not been waited for."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _own(servers):
    """CPU seconds of this process, of its children that have ended, and of the servers."""
    total = sum(server.cpu() for server in servers)
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        total += used.ru_utime + used.ru_stime
    return total
