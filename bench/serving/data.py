"""Repositories of many backups, made once and kept for the next time, and what lies in them."""
import json
import os
import shutil
import sqlite3
import subprocess

from comparison.scale import MIB
from comparison.text import Writer

from . import clones
from .failure import Failed

BULK = "bulk"
"""The component that is backed up while requests are measured."""

MOST_READ = 2_000
"""Backups that are read in whole after they were made; of more only the structure, and a sample, or it takes minutes."""


class Data:
    """In the data directory of a workspace that is open."""

    def __init__(self, workspace, scale, launcher, say):
        self.root = os.path.join(workspace.root, scale.name)
        self._work = workspace.work
        self._scale = scale
        self._launcher = launcher
        self._say = say
        self._known = {}

    def repository(self, count):
        """The path of a repository with so many backups, of which a sample has been validated in this run."""
        if count not in self._known:
            self._known[count] = self._provide(count)
        return self._known[count]

    def _provide(self, count):
        place = os.path.join(self.root, f"backups-{count}")
        repository = os.path.join(place, "repository")
        if not self._whole(place, count):
            self._say(f"making data: {place}")
            shutil.rmtree(place, ignore_errors=True)
            os.makedirs(place)
            configuration = self.configuration(f"make-{count}", repository)
            self._holdfast("backup", "create", "--config", configuration)
            completed = os.path.join(repository, "completed")
            (name,) = os.listdir(completed)
            original = os.path.join(place, "original")
            os.rename(os.path.join(completed, name), original)
            clones.spread(original, completed, count)
            depth = ["--structure-only"] if count > MOST_READ else []
            self._holdfast("repository", "check", *depth, "--config", configuration)
            open(os.path.join(place, "made"), "w").close()
        self._validate(count, repository)
        return repository

    def configuration(self, name, repository, **server):
        """The path of a configuration whose state is its own, below the work of this run. server: of its section
        `server`; with one, the bulk is among the components."""
        place = os.path.join(self._work, name)
        os.makedirs(place, exist_ok=True)
        live = self._live()
        components = {
            "app-db": {"kind": "sqlite", "path": os.path.join(live, "app.db")},
            "settings": {"kind": "file", "path": os.path.join(live, "app.yaml")},
            "uploads": {"kind": "directory", "path": os.path.join(live, "uploads")},
        }
        if server:
            components[BULK] = {"kind": "directory", "path": self._bulk()}
        backup = {
            "path": repository, "state": os.path.join(place, "state"), "compression": "none",
            "enabled": False, "on_startup": False, "on_shutdown": False,
            "retention": {"max_count": 0, "max_age_days": 0},
        }
        path = os.path.join(place, "holdfast.yaml")
        with open(path, "w") as file:
            # JSON is YAML, and quotes whatever a path may hold.
            json.dump({"backup": backup, "server": server, "components": components}, file, indent=2)
        return path

    def _whole(self, place, count):
        """Whether the clones are all there, and nothing but them: what a run that was killed added is removed."""
        if not os.path.exists(os.path.join(place, "made")):
            return False
        completed = os.path.join(place, "repository", "completed")
        clones.remove_after(completed, count)
        return clones.numbers(completed) == list(range(1, count + 1))

    def _validate(self, count, repository):
        configuration = self.configuration(f"make-{count}", repository)
        names = sorted(os.listdir(os.path.join(repository, "completed")), key=lambda name: name[16:22])
        for name in (names[0], names[count // 2], names[-1]):
            self._holdfast("backup", "validate", name.partition("_")[0], "--config", configuration)

    def _holdfast(self, *words):
        done = subprocess.run([self._launcher, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise Failed(f"holdfast {' '.join(words)}: exit code {done.returncode}\n{done.stdout[-2000:]}")

    def _live(self):
        live = os.path.join(self.root, "live")
        if not os.path.exists(live):
            fresh = live + ".new"
            shutil.rmtree(fresh, ignore_errors=True)
            os.makedirs(os.path.join(fresh, "uploads"))
            database = sqlite3.connect(os.path.join(fresh, "app.db"))
            with database:
                database.execute("create table notes(id integer primary key, body text)")
                database.execute("insert into notes(body) values ('remember the milk')")
            database.close()
            for name in ("app.yaml", "uploads/one.txt", "uploads/two.txt"):
                with open(os.path.join(fresh, name), "w") as file:
                    file.write(f"name: {name}\n")
            os.rename(fresh, live)
        return live

    def _bulk(self):
        bulk = os.path.join(self.root, "bulk")
        if not os.path.exists(bulk):
            fresh = bulk + ".new"
            shutil.rmtree(fresh, ignore_errors=True)
            os.makedirs(fresh)
            noise = Writer("holdfast bulk 1").noise
            left = self._scale.bulk_bytes
            while left > 0:
                piece = min(left, 8 * MIB)
                with open(os.path.join(fresh, f"{left:012d}.bin"), "wb") as file:
                    file.write(noise(piece))
                left -= piece
            os.rename(fresh, bulk)
        return bulk
