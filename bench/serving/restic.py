"""A repository of restic's with many snapshots, made quickly."""
import json
import os
import shutil
import subprocess

from .failure import Failed

PASSWORD = "holdfast-bench"


class Restic:
    """root: where its repositories are kept for the next time."""

    def __init__(self, root, say):
        self._root = root
        self._say = say
        # Below the data directory: the cache of whoever measures is left alone.
        os.environ.update(RESTIC_PASSWORD=PASSWORD, RESTIC_CACHE_DIR=os.path.join(root, "restic-cache"))

    @staticmethod
    def is_installed():
        return shutil.which("restic") is not None

    def command(self, count, *words):
        return ["restic", "-r", self._place(count), *words]

    def provide(self, count):
        """Makes sure of a repository with so many snapshots."""
        place = self._place(count)
        if not os.path.exists(place):
            self._say(f"making data: {place}")
            fresh = place + ".new"
            shutil.rmtree(fresh, ignore_errors=True)
            self._make(fresh, count)
            os.rename(fresh, place)
        found = len(json.loads(_restic("-r", place, "snapshots", "--json")))
        if found != count:
            raise Failed(f"restic snapshots: {found} are listed; there are {count}")

    def _place(self, count):
        return os.path.join(self._root, f"restic-{count}")

    def _make(self, place, count):
        """One backup; then each `tag` gives all snapshots new names, and the old ones are put back beside them."""
        _restic("-r", place, "init")
        _restic("-r", place, "backup", "--tag", "manual", __file__)
        snapshots, kept = os.path.join(place, "snapshots"), place + ".kept"
        while len(os.listdir(snapshots)) < count:
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(snapshots, kept)
            _restic("-r", place, "tag", "--set", f"tag-{len(os.listdir(kept))}")
            shutil.copytree(kept, snapshots, dirs_exist_ok=True)
        shutil.rmtree(kept, ignore_errors=True)
        for name in sorted(os.listdir(snapshots))[count:]:
            os.unlink(os.path.join(snapshots, name))


def _restic(*words):
    done = subprocess.run(["restic", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Failed(f"restic {' '.join(words)}: exit code {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout
