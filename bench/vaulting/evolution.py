"""A day in the life of a tree: 2 % of its files change, and large ones get bytes put into them."""
import os
import shutil

from comparison.scale import KIB, MIB
from comparison.text import Writer

SHARE = 0.02
LARGE = MIB
INSERTED = 64 * KIB
DAY = 86_400 * 10**9


def evolve(root):
    """Changes files below root in place, in the same way each time; their paths below root, for undo."""
    writer = Writer("holdfast evolution 1")
    changed = []
    for path in _chosen(root, writer):
        full = os.path.join(root, path)
        before = os.stat(full)
        with open(full, "r+b") as file:
            content = file.read()
            file.seek(0)
            file.write(_change(content, writer))
        time = before.st_mtime_ns + DAY
        os.utime(full, ns=(time, time))
        changed.append(path)
    return changed


def undo(root, source, changed):
    """Makes files of root those of source again. Directories did not notice: no name came or went."""
    for path in changed:
        shutil.copyfile(os.path.join(source, path), os.path.join(root, path))
        shutil.copystat(os.path.join(source, path), os.path.join(root, path))


def _chosen(root, writer):
    """2 % of the small files and 2 % of the large ones, at least one of each where there are any."""
    sorts = {False: [], True: []}
    for directory, names, files in os.walk(root):
        names.sort()
        for name in sorted(files):
            path = os.path.join(directory, name)
            entry = os.lstat(path)
            # Not what has several names, or is a link: undoing it would take more than a copy.
            if os.path.isfile(path) and not os.path.islink(path) and entry.st_nlink == 1 and entry.st_size > 0:
                sorts[entry.st_size >= LARGE].append(os.path.relpath(path, root))
    for paths in sorts.values():
        if paths:
            yield from writer.random.sample(paths, max(1, round(SHARE * len(paths))))


def _change(content, writer):
    if len(content) < LARGE:
        middle = len(content) // 2
        return content[:middle] + writer.words(5).encode() + content[middle + 20 :]
    at = writer.random.randrange(len(content))
    return content[:at] + writer.noise(INSERTED) + content[at:]
