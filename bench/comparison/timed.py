"""Runs one command and writes what it took, as JSON. A process of its own, because a command's peak memory counts from
that of the process that started it: this one stays small, whatever the comparison holds."""
import json
import os
import sys
import time

KERNEL_THREAD = 0x00200000
TICK = os.sysconf("SC_CLK_TCK")


def machine_cpu():
    """CPU seconds (busy, stolen by the host) of the whole machine since its start."""
    with open("/proc/stat") as file:
        user, nice, system, _, _, _, _, steal = (int(field) for field in file.readline().split()[1:9])
    return (user + nice + system) / TICK, steal / TICK


def kernel_cpu():
    """CPU seconds of the kernel's own threads: much of it is writing back what the measured commands wrote."""
    total = 0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[6]) & KERNEL_THREAD:
            total += int(fields[11]) + int(fields[12])
    return total / TICK


def run(command, log):
    """Runs an argument vector to its end with nothing to read, its output in a file."""
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    kernel = kernel_cpu()
    busy, stolen = machine_cpu()
    begin = time.monotonic()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    wall = time.monotonic() - begin
    busy_after, stolen_after = machine_cpu()
    own = usage.ru_utime + usage.ru_stime
    kernel = kernel_cpu() - kernel
    capacity = wall * os.cpu_count()
    return {
        "ended_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "exit": os.waitstatus_to_exitcode(status),
        "wall_s": wall,
        "user_s": usage.ru_utime,
        "system_s": usage.ru_stime,
        "kernel_threads_s": kernel,
        "peak_rss_bytes": usage.ru_maxrss * 1024,
        "others": max(0.0, busy_after - busy - own - kernel) / capacity,
        "stolen": (stolen_after - stolen) / capacity,
    }


if __name__ == "__main__":
    with open(sys.argv[1], "w") as result:
        json.dump(run(sys.argv[3:], sys.argv[2]), result)
