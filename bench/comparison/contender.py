"""What is compared: something that makes a backup of a live thing and brings it back."""
import os
import shlex
import shutil
from dataclasses import dataclass

from .away import put_away
from .fingerprint import SECOND


@dataclass(frozen=True)
class Place:
    """Where one contender works.

    live: the directory that is protected, or that holds the database app.db.
    store: a directory of the contender's own for what it keeps.
    """

    live: str
    store: str

    @property
    def database(self):
        return os.path.join(self.live, "app.db")

    def kept(self, name):
        return os.path.join(self.store, name)


class Contender:
    """name: as in the report. needs: programs. does: what its run includes. mtime_unit: to how many nanoseconds it
    keeps times. backup and restore: functions of a Place that give the argument vector that is timed."""

    def __init__(self, name, needs, does, backup, restore, mtime_unit=1):
        self.name = name
        self.does = does
        self.mtime_unit = mtime_unit
        self.backup = backup
        self.restore = restore
        self._needs = needs

    def missing(self):
        """Programs that it needs and that are not on the path."""
        return [program for program in self._needs if shutil.which(program) is None]

    def begin(self, place):
        """Called before each backup, untimed: nothing of an earlier one is left."""
        put_away(place.store)
        os.makedirs(place.store)

    def validate(self, place):
        """A command that checks the backup, untimed; None where there is none."""
        return None


def shell(template):
    """A function of a Place that gives a shell command. {live}, {database} and {NAME}, a name in the store, are
    replaced by quoted paths."""

    class Names(dict):
        def __missing__(self, name):
            return self["place"].kept(name.replace("_", "."))

    def command(place):
        names = Names(place=place, live=place.live, database=place.database)
        words = {name: shlex.quote(names[name]) for name in _names(template)}
        return ["bash", "-e", "-o", "pipefail", "-c", template.format_map(words)]

    return command


def _names(template):
    import string

    return {field for _, field, _, _ in string.Formatter().parse(template) if field}


def _peer(name, needs, does, backup, restore, mtime_unit=1):
    return Contender(name, needs, does, shell(backup), shell(restore), mtime_unit)


COPY = _peer("cp -a", ["cp"], "copies; leaves writing to the kernel", "cp -a {live} {copy}", "cp -a {copy} {live}")

COPY_SYNC = _peer(
    "cp -a, sync -f",
    ["cp", "sync"],
    "copies; durable at its end",
    "cp -a {live} {copy}; sync -f {copy}",
    "cp -a {copy} {live}; sync -f {live}",
)


def _tar(name, needs, does, pack, unpack, file, sync=False):
    # GNU tar's usual format keeps whole seconds only. A finer one would cost it time, so equality is measured in seconds.
    ending = "; sync -f " if sync else ""
    return _peer(
        name,
        needs,
        does,
        f"tar -C {{live}} -cf - . | {pack} > {{{file}}}" + (ending + f"{{{file}}}" if sync else ""),
        f"mkdir {{live}}; {unpack} {{{file}}} | tar -C {{live}} -xpf -" + (ending + "{live}" if sync else ""),
        SECOND,
    )


TAR_ZSTD = _tar(
    "tar, zstd -3 -T0", ["tar", "zstd"], "packs; leaves writing to the kernel", "zstd -q -3 -T0", "zstd -q -dc", "tar_zst"
)
TAR_ZSTD_SYNC = _tar(
    "tar, zstd -3 -T0, sync -f", ["tar", "zstd", "sync"], "packs; durable at its end",
    "zstd -q -3 -T0", "zstd -q -dc", "tar_zst", sync=True,
)
TAR_PIGZ = _tar("tar, pigz", ["tar", "pigz"], "packs; leaves writing to the kernel", "pigz -c", "pigz -dc", "tar_gz")
TAR_PIGZ_SYNC = _tar(
    "tar, pigz, sync -f", ["tar", "pigz", "sync"], "packs; durable at its end", "pigz -c", "pigz -dc", "tar_gz", sync=True
)

VACUUM = _peer(
    "sqlite3 VACUUM INTO, cp -a",
    ["sqlite3", "cp"],
    "rebuilds into a new database; restores by copying; leaves writing to the kernel",
    "sqlite3 {database} \"VACUUM INTO '\"{copy}\"'\"",
    "cp -a {copy} {database}",
)
VACUUM_SYNC = _peer(
    "sqlite3 VACUUM INTO, cp -a, sync -f",
    ["sqlite3", "cp", "sync"],
    "the same, durable at its end",
    "sqlite3 {database} \"VACUUM INTO '\"{copy}\"'\"; sync -f {copy}",
    "cp -a {copy} {database}; sync -f {database}",
)
BACKUP = _peer(
    "sqlite3 .backup, .restore",
    ["sqlite3"],
    "copies page by page, durable at its end",
    "sqlite3 {database} \".backup '\"{copy}\"'\"",
    "sqlite3 {database} \".restore '\"{copy}\"'\"",
)
