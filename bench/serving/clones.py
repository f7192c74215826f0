"""Very many backups out of one: the same content under other names, times and identifiers; see docs/format.md."""
import hashlib
import json
import os
import random
import re
import shutil
from datetime import datetime, timedelta

APART = timedelta(hours=1)
SECONDS = "%Y-%m-%dT%H:%M:%S"
TIMES = {"started_at", "finished_at", "received_at", "instant"}


def spread(original, completed, count):
    """Puts count backups into completed, an hour apart, the last with the times of the original: a plain backup,
    which may lie anywhere on the same file system. Content is linked, not copied."""
    with open(os.path.join(original, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    identifiers = random.Random("holdfast clones 1")
    directories, files = _entries(original)
    for number in range(1, count + 1):
        earlier = (count - number) * APART
        clone = _shifted(manifest, earlier)
        clone["run_id"] = _run_id(clone["started_at"], number)
        clone["backup_id"] = f"{identifiers.getrandbits(48):012x}"
        target = os.path.join(completed, f"{clone['run_id']}_{clone['trigger']}")
        os.mkdir(target, 0o700)
        for directory in directories:
            os.mkdir(os.path.join(target, directory), 0o700)
        for file in files:
            os.link(os.path.join(original, file), os.path.join(target, file))
        _write(target, clone)


def numbers(completed):
    """The sequence numbers of what lies in completed, ascending."""
    return sorted(int(name[16:22]) for name in os.listdir(completed))


def remove_after(completed, count):
    """Removes what others than clones have left behind."""
    for name in os.listdir(completed):
        if int(name[16:22]) > count:
            shutil.rmtree(os.path.join(completed, name))


def _run_id(started_at, number):
    return f"{datetime.strptime(started_at[:19], SECONDS):%Y%m%d-%H%M%S}-{number:06d}"


def _entries(original):
    """Paths of the directories, parents first, and of the files that are the same in every clone."""
    directories, files = [], []
    for place, below, names in os.walk(original):
        place = os.path.relpath(place, original)
        directories += [os.path.normpath(os.path.join(place, name)) for name in below]
        files += [os.path.normpath(os.path.join(place, name)) for name in names]
    own = {"manifest.json", "manifest.json.sha256"}
    return directories, [file for file in files if file not in own]


def _shifted(value, earlier):
    if isinstance(value, list):
        return [_shifted(each, earlier) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _earlier(each, earlier) if key in TIMES and isinstance(each, str) else _shifted(each, earlier)
        for key, each in value.items()
    }


def _earlier(time, earlier):
    """Keeps the fraction as it is: Holdfast's has nanoseconds, which datetime has not."""
    seconds, fraction = re.fullmatch(r"([-0-9T:]{19})((?:\.[0-9]+)?Z)", time).groups()
    return (datetime.strptime(seconds, SECONDS) - earlier).strftime(SECONDS) + fraction


def _write(target, manifest):
    content = (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()
    checksum = f"{hashlib.sha256(content).hexdigest()}  manifest.json\n".encode()
    for name, written in (("manifest.json", content), ("manifest.json.sha256", checksum)):
        with open(os.path.join(target, name), "wb", buffering=0, opener=_private) as file:
            file.write(written)


def _private(path, flags):
    return os.open(path, flags, 0o600)
