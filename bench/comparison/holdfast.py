"""Holdfast as a contender: its whole process, from the launcher to its exit."""
import json
import os
import subprocess
import sys

from .contender import Contender


def build(launcher, say):
    """Lets the launcher build now; during the runs it shall not look for newer sources, nor find any."""
    say(f"Holdfast: {launcher}")
    subprocess.run([launcher, "--version"], check=True, stdout=sys.stderr)
    os.environ["HOLDFAST_BUILD"] = "never"
    os.environ["LC_ALL"] = "C.UTF-8"


class Holdfast(Contender):
    """launcher: path of ./holdfast. compression: as in its configuration. component: a function of a Place that gives
    the settings of the one component."""

    def __init__(self, launcher, compression, component, note=""):
        does = "hashes everything, reads back what it wrote, durable at its end; a restore verifies, checks and journals"
        super().__init__(
            "Holdfast",
            [],
            does + note,
            lambda place: self._command(place, "backup", "create"),
            lambda place: self._command(place, "restore", "latest", "--confirm"),
        )
        self._launcher = launcher
        self._compression = compression
        self._component = component

    def begin(self, place):
        super().begin(place)
        # JSON is YAML, and quotes whatever a path may hold.
        settings = {
            "backup": {"path": place.kept("repository"), "compression": self._compression},
            "components": {"data": self._component(place)},
        }
        with open(self._configuration(place), "w") as file:
            json.dump(settings, file, indent=2)

    def validate(self, place):
        return self._command(place, "backup", "validate", "latest")

    def _command(self, place, *words):
        return [self._launcher, *words, "--config", self._configuration(place)]

    def _configuration(self, place):
        return place.kept("holdfast.yaml")


def directory(place):
    return {"kind": "directory", "path": place.live}


def sqlite(method):
    return lambda place: {"kind": "sqlite", "path": place.database, "method": method}
