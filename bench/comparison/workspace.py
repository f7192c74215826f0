"""The directory that holds the generated data, kept for the next time, and the work of one scenario, which is not."""
import os
import pickle
import shutil

from . import database_data, fingerprint, tree_data, volume_data
from .scale import GIB

MARK = ".holdfast-bench"


class Workspace:
    """DIR/<scale>/ holds data, each beside a .fingerprint that is written last; DIR/work/ is emptied at will."""

    def __init__(self, directory, scale, say):
        self.root = os.path.abspath(directory)
        self._scale = scale
        self._say = say
        self._data = os.path.join(self.root, scale.name)
        self.work = os.path.join(self.root, "work")

    def open(self):
        """Refuses a directory that holds something else: what lies in it is going to be deleted."""
        mark = os.path.join(self.root, MARK)
        if os.path.isdir(self.root) and os.listdir(self.root) and not os.path.exists(mark):
            raise SystemExit(f"bench: {self.root} is not empty and no directory of bench/run, bench/serve or bench/vault; name another with --data")
        os.makedirs(self._data, exist_ok=True)
        open(mark, "w").close()
        self.clear_work()

    def clear_work(self):
        shutil.rmtree(self.work, ignore_errors=True)
        os.makedirs(self.work)

    def tree(self):
        """(path, fingerprint) of the tree."""
        return self.made("tree", 0, tree_data.make, fingerprint.tree)

    def database(self):
        """(path of a directory with app.db and its -wal, fingerprint) of the database."""

        def make(directory, scale):
            os.makedirs(directory)
            database_data.make(os.path.join(directory, "app.db"), scale)

        def look(directory):
            # Reading it in place would empty the -wal.
            copy = os.path.join(self.work, "fingerprint")
            shutil.copytree(directory, copy)
            try:
                return fingerprint.database(os.path.join(copy, "app.db"))
            finally:
                shutil.rmtree(copy)

        return self.made("database", 0, make, look)

    def many(self):
        """(path, fingerprint) of the directory of many small files."""
        return self.made("many", 12_000 * self._scale.many_files, volume_data.make_many, fingerprint.tree)

    def large(self):
        """(path of a directory with the large file, fingerprint)."""
        return self.made(
            "large",
            2 * self._scale.large_bytes,
            lambda directory, scale: volume_data.make_large(os.path.join(directory, "large.bin"), scale),
            fingerprint.tree,
        )

    def made(self, name, room, make, look):
        """(path, fingerprint) of data that make(path, scale) makes and look(path) fingerprints. room: bytes that it needs."""
        path = os.path.join(self._data, name)
        known = path + ".fingerprint"
        if not (os.path.exists(known) and os.path.exists(path)):
            self._need(room + 5 * (self._scale.tree_bytes + self._scale.database_bytes))
            self._say(f"making data: {path}")
            shutil.rmtree(path, ignore_errors=True)
            make(path, self._scale)
            looks = look(path)
            with open(known + ".new", "wb") as file:
                pickle.dump(looks, file)
            os.rename(known + ".new", known)
        with open(known, "rb") as file:
            return path, pickle.load(file)

    def forget(self, name):
        """Deletes data that is too bulky to keep."""
        path = os.path.join(self._data, name)
        if os.path.exists(path + ".fingerprint"):
            os.unlink(path + ".fingerprint")
        shutil.rmtree(path, ignore_errors=True)

    def _need(self, room):
        free = shutil.disk_usage(self.root).free
        if free < room:
            raise SystemExit(f"bench: {self.root} has {free / GIB:.1f} GiB free; {room / GIB:.1f} GiB are needed")
