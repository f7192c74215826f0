"""What is protected: how it comes to be live, how it is lost, and how one tells that it is back."""
import os
import shutil
import subprocess

from . import fingerprint
from .away import put_away
from .database_data import Application


class Tree:
    """The generated tree, copied."""

    def __init__(self, workspace):
        self._workspace = workspace

    def provide(self, live):
        source, self._expected = self._workspace.tree()
        subprocess.run(["cp", "-a", source, live], check=True)

    def use(self, live):
        """What goes on while it is backed up; has a method close."""
        return _Nothing()

    def lose(self, live):
        put_away(live)

    def differences(self, live, mtime_unit):
        """What is not as it was, as sentences."""
        return fingerprint.differences(self._expected, fingerprint.tree(live), mtime_unit)

    def leave(self, live, proven):
        """Called at the end of a scenario; proven: whether what is live was found equal."""
        shutil.rmtree(live, ignore_errors=True)


class Database(Tree):
    """The generated database with its -wal, held open by an application while it is backed up."""

    def provide(self, live):
        source, self._expected = self._workspace.database()
        shutil.copytree(source, live)

    def use(self, live):
        return Application(os.path.join(live, "app.db"))

    def lose(self, live):
        put_away(live)
        os.mkdir(live)

    def differences(self, live, mtime_unit):
        found = fingerprint.database(os.path.join(live, "app.db"))
        return [] if found == self._expected else ["schema or rows differ"]


class Bulk(Tree):
    """Data too large to have it twice: what is live is the generated data itself, and goes back when proven equal."""

    def __init__(self, workspace, name):
        super().__init__(workspace)
        self._name = name

    def provide(self, live):
        self._source, self._expected = getattr(self._workspace, self._name)()
        os.rename(self._source, live)

    def lose(self, live):
        # Too large to be put away.
        shutil.rmtree(live)

    def leave(self, live, proven):
        if proven:
            os.rename(live, self._source)
        else:
            shutil.rmtree(live, ignore_errors=True)
            self._workspace.forget(self._name)


class _Nothing:
    def close(self):
        pass
