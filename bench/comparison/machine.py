"""What the figures were measured on."""
import os
import platform
import subprocess


PLAIN_TOOLS = {
    "cp": ["cp", "--version"],
    "tar": ["tar", "--version"],
    "zstd": ["zstd", "--version"],
    "pigz": ["pigz", "--version"],
    "sqlite3": ["sqlite3", ":memory:", "select sqlite_version()"],
}


def facts(directory, launcher, tools):
    """Name and value pairs, for the report. tools: names, and the commands that tell their versions."""
    return {
        "processors": f"{os.cpu_count()} of {_line('/proc/cpuinfo', 'model name')}",
        "memory": f"{int(_line('/proc/meminfo', 'MemTotal').split()[0]) / (1 << 20):.0f} GiB",
        "kernel": f"{platform.system()} {platform.release()}",
        "file system": _file_system(directory),
        "Holdfast": _version([launcher, "--version"]),
        "Java": _java(launcher),
        **{name: _version(command) for name, command in tools.items()},
        "Python": platform.python_version(),
    }


def _line(path, key):
    with open(path) as file:
        for line in file:
            if line.startswith(key):
                return line.partition(":")[2].strip()
    return "?"


def _file_system(directory):
    best = ("", "?")
    with open("/proc/mounts") as file:
        for line in file:
            _, mount, sort, options, *_ = line.split()
            inside = os.path.abspath(directory).startswith(mount.rstrip("/") + "/")
            if inside and len(mount) >= len(best[0]):
                best = (mount, f"{sort} ({options})")
    return best[1]


def _version(command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    except OSError:
        return "not installed"
    return done.stdout.strip().partition("\n")[0].partition(" Copyright")[0].strip("* ")


def _java(launcher):
    """The version of the JVM that the launcher starts, as that JVM tells it."""
    environment = dict(os.environ, HOLDFAST_JAVA_OPTS=os.environ.get("HOLDFAST_JAVA_OPTS", "") + " -showversion")
    done = subprocess.run([launcher, "--version"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in done.stdout.splitlines():
        if "build" in line:
            return line.strip()
    return "?"
