"""Holdfast's vault as a contender: its whole processes, from the launcher to its exit."""
import functools
import json
import os
import shutil
import subprocess

from .contender import Contender, Without, script


class Holdfast(Contender):
    """launcher: path of ./holdfast. component: a function of a live directory that gives the settings of the one component."""

    name = "Holdfast"

    def __init__(self, launcher, component):
        self._launcher = launcher
        self._component = component
        self._inits = has(launcher, "repository", "init")
        self._prunes = has(launcher, "repository", "prune")
        self.does = "hashes each file besides its chunks, decodes what it encoded, reads back what it stored; durable at its end" + (
            "" if self._inits else "; the first backup makes the vault, too"
        )

    def begin(self, place, stopwatch):
        super().begin(place, stopwatch)
        settings = {
            "backup": {
                "repository": "vault", ("url" if place.server else "path"): place.location,
                "state": place.kept("state"), "password_file": place.password,
                "retention": {"max_count": 0, "max_age_days": 0},
            },
            "components": {"data": self._component(place.live)},
        }
        with open(self._configuration(place), "w") as file:
            # JSON is YAML, and quotes whatever a path may hold.
            json.dump(settings, file, indent=2)
        if self._inits:
            stopwatch.untimed(self._command(place, "repository", "init"))

    def backup(self, place, step):
        return self._command(place, "backup", "create")

    def restore(self, place):
        return self._command(place, "restore", "latest", "--to", place.target)

    def restored(self, place):
        return os.path.join(place.target, "data")

    def check(self, place):
        return self._command(place, "repository", "check")

    def forget(self, place):
        if not self._prunes:
            return Without("there is no `repository prune` yet")
        ids = [backup["backup_id"] for backup in self._backups(place)]
        commands = [self._command(place, "backup", "delete", old, "--confirm") for old in ids[1:]]
        commands.append(self._command(place, "repository", "prune"))
        names = [f"command{number}" for number in range(len(commands))]
        return script("; ".join("{%s}" % name for name in names), **dict(zip(names, commands)))

    def witness(self, place):
        if shutil.which("restic") is None:
            return None
        return ["restic", "--repo", place.repository, "--password-file", place.password, "--no-cache", "check", "--read-data"]

    def _backups(self, place):
        """Newest first."""
        done = subprocess.run(self._command(place, "backup", "list", "--json"), stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout)["backups"]

    def _command(self, place, *words):
        return [self._launcher, *words, "--config", self._configuration(place)]

    def _configuration(self, place):
        return place.kept("holdfast.yaml")


@functools.cache
def has(launcher, *words):
    """Whether there is such a command. A command that is not known ends with 0 as well, if --help is behind it: its group's
    help is printed then."""
    done = subprocess.run([launcher, *words, "--help"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode == 0 and "Usage: holdfast " + " ".join(words) in done.stdout


def directory(live):
    return {"kind": "directory", "path": live}


def sqlite(live):
    return {"kind": "sqlite", "path": os.path.join(live, "app.db")}
