"""restic, borg, and what has neither password nor memory: tar and zstd."""
import os
import shlex

from comparison.fingerprint import SECOND

from .contender import Contender, script


class Restic(Contender):
    name = "restic"
    does = "repository version 2, compression auto; made before its first backup"
    needs = ("restic",)

    def begin(self, place, stopwatch):
        super().begin(place, stopwatch)
        stopwatch.untimed([*self._program(place), "init", "--repository-version", "2"])

    def backup(self, place, step):
        words = [*self._program(place), "backup", "--compression", "auto", os.path.basename(place.live)]
        return script("cd {parent}; exec {words}", parent=os.path.dirname(place.live), words=words)

    def restore(self, place):
        return [*self._program(place), "restore", "latest", "--target", place.target]

    def check(self, place):
        return [*self._program(place), "check", "--read-data"]

    def forget(self, place):
        return [*self._program(place), "forget", "--keep-last", "1", "--prune"]

    def _program(self, place):
        return ["restic", "--repo", place.location, "--password-file", place.password, "--cache-dir", place.kept("cache")]


class Borg(Contender):
    name = "borg"
    does = "repokey-blake2, zstd,3; made before its first backup"
    needs = ("borg", "env", "cat")

    def begin(self, place, stopwatch):
        super().begin(place, stopwatch)
        stopwatch.untimed([*self._program(place), "init", "--encryption", "repokey-blake2", place.repository])

    def backup(self, place, step):
        words = [*self._program(place), "create", "--compression", "zstd,3", f"{place.repository}::{step}",
                 os.path.basename(place.live)]
        return script("cd {parent}; exec {words}", parent=os.path.dirname(place.live), words=words)

    def restore(self, place):
        return script("mkdir {target}; cd {target}; exec {words}", target=place.target,
                      words=[*self._program(place), "extract", f"{place.repository}::changed"])

    def check(self, place):
        return [*self._program(place), "check", "--verify-data", place.repository]

    def forget(self, place):
        program = self._program(place)
        return script("{prune}; exec {compact}", prune=[*program, "prune", "--keep-last", "1", place.repository],
                      compact=[*program, "compact", place.repository])

    def _program(self, place):
        return ["env", f"BORG_BASE_DIR={place.kept('borg')}", f"BORG_PASSCOMMAND={shlex.join(['cat', place.password])}", "borg"]


class Archive(Contender):
    name = "tar, zstd -3 -T0"
    does = "a whole archive each time, not encrypted; leaves writing to the kernel; its check is `zstd -t`"
    needs = ("tar", "zstd")
    # GNU tar's usual format keeps whole seconds only.
    mtime_unit = SECOND

    def begin(self, place, stopwatch):
        super().begin(place, stopwatch)
        os.makedirs(place.repository)

    def backup(self, place, step):
        return script("tar -C {parent} -cf - {name} | zstd -q -3 -T0 > {file}", parent=os.path.dirname(place.live),
                      name=os.path.basename(place.live), file=self._file(place, step))

    def restore(self, place):
        return script("mkdir {target}; zstd -q -dc {file} | tar -C {target} -xpf -", target=place.target,
                      file=self._file(place, "changed"))

    def check(self, place):
        return ["zstd", "-q", "-t", *(self._file(place, step) for step in ("first", "unchanged", "changed"))]

    def forget(self, place):
        return ["rm", *(self._file(place, step) for step in ("first", "unchanged"))]

    @staticmethod
    def _file(place, step):
        return os.path.join(place.repository, f"{step}.tar.zst")
