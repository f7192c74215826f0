"""What is compared: something that keeps backups of one live thing in a store of its own."""
import os
import shlex
import shutil
from dataclasses import dataclass

from comparison.away import put_away


@dataclass(frozen=True)
class Place:
    """Where one contender works.

    live: the directory that is protected. store: for all it keeps, caches too. target: where a restore is to go.
    server: the address of a REST server over the repository, where it is reached through one; else empty.
    """

    live: str
    store: str
    target: str
    server: str = ""

    def kept(self, name):
        return os.path.join(self.store, name)

    @property
    def repository(self):
        """What counts as stored."""
        return self.kept("repository")

    @property
    def location(self):
        """Where programs that speak restic's REST protocol find it."""
        return f"rest:{self.server}" if self.server else self.repository

    @property
    def password(self):
        """A file that holds it."""
        return self.kept("password")


@dataclass(frozen=True)
class Without:
    """Stands in place of a command that a contender does not have; reason: a sentence about why."""

    reason: str


class Contender:
    """A program. Each step answers with the argument vector that is timed, or with Without."""

    name = ""
    does = ""
    needs = ()
    mtime_unit = 1
    """To how many nanoseconds it keeps times."""

    def missing(self):
        """Programs that it needs and that are not on the path."""
        return [program for program in self.needs if shutil.which(program) is None]

    def begin(self, place, stopwatch):
        """Called before each first backup, untimed: nothing of an earlier one is left."""
        put_away(place.store)
        os.makedirs(place.store)
        with open(os.open(place.password, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write("holdfast-bench")

    def backup(self, place, step):
        """step: `first`, `unchanged` or `changed`."""
        raise NotImplementedError

    def restore(self, place):
        """Of the newest, to target, which is not there."""
        raise NotImplementedError

    def restored(self, place):
        """Where what was live is after a restore."""
        return os.path.join(place.target, os.path.basename(place.live))

    def check(self, place):
        """Of every stored byte."""
        raise NotImplementedError

    def forget(self, place):
        """All but the newest, and frees what nobody needs any more."""
        raise NotImplementedError

    def witness(self, place):
        """A command of somebody else's that checks the store, untimed; None where there is none."""
        return None


def script(text, **words):
    """A shell command; {name} is replaced by a word, or by words where it is a list, quoted."""
    quoted = {name: shlex.join([word] if isinstance(word, str) else word) for name, word in words.items()}
    return ["bash", "-e", "-o", "pipefail", "-c", text.format(**quoted)]
