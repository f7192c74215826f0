"""What is protected: how it comes to be live, how it changes, and how one tells that it is back."""
import os
import shutil
import subprocess
from dataclasses import replace

from comparison import database_data, fingerprint, tree_data, volume_data
from comparison.away import put_away
from comparison.scale import GIB

from . import evolution, repeated_data


class Tree:
    """A generated tree; made: a function that gives its path and fingerprint."""

    def __init__(self, made):
        self._made = made
        self._changed = None
        self._evolved = None

    def provide(self, live):
        """Makes live what it is before anything changed."""
        self._source, self._original = self._made()
        if not os.path.exists(live):
            subprocess.run(["cp", "-a", self._source, live], check=True)
        elif self._changed:
            evolution.undo(live, self._source, self._changed)
        self._changed = None

    def use(self, live):
        """What goes on while it is backed up; has a method close."""
        return Nothing()

    def evolve(self, live):
        self._changed = evolution.evolve(live)
        if self._evolved is None:
            self._evolved = fingerprint.tree(live)

    def differences(self, restored, mtime_unit):
        """What is not as it was after it changed, as sentences."""
        return fingerprint.differences(self._evolved, fingerprint.tree(restored), mtime_unit)


class Database:
    """The generated database with its -wal, held open by an application while it is backed up."""

    def __init__(self, workspace):
        self._workspace = workspace
        self._evolved = None

    def provide(self, live):
        source, self._original = self._workspace.database()
        put_away(live)
        shutil.copytree(source, live)

    def use(self, live):
        return database_data.Application(os.path.join(live, "app.db"))

    def evolve(self, live):
        database_data.evolve(os.path.join(live, "app.db"))
        if self._evolved is None:
            # Reading it in place would empty the -wal.
            copy = os.path.join(self._workspace.work, "fingerprint")
            shutil.copytree(live, copy)
            self._evolved = self._look(copy)
            shutil.rmtree(copy)
            if self._evolved == self._original:
                raise RuntimeError("the database did not change")

    def differences(self, restored, mtime_unit):
        return [] if self._look(restored) == self._evolved else ["schema or rows differ"]

    @staticmethod
    def _look(directory):
        return fingerprint.database(os.path.join(directory, "app.db"))


class Nothing:
    def close(self):
        pass


def few(workspace):
    """Made by what makes bench/run's very many."""

    def make(root, scale):
        volume_data.make_many(root, replace(scale, many_files=scale.few_files))

    return Tree(lambda: workspace.made("few", GIB, make, fingerprint.tree))


def repeated(workspace, scale):
    return Tree(lambda: workspace.made("repeated", 2 * scale.repeated_bytes, repeated_data.make, fingerprint.tree))


def asked(workspace, scale):
    """As the tree, and smaller: how often is asked does not tell by the hour."""
    small = replace(scale, tree_files=scale.asked_files, tree_bytes=scale.asked_bytes)
    return Tree(lambda: workspace.made("asked", 0, lambda root, _: tree_data.make(root, small), fingerprint.tree))
