"""A directory tree as a platform has it: many small texts, some large binaries and media, a fifth of it duplicates."""
import os
import shutil

from .scale import MIB
from .text import Writer

SEED = "holdfast tree 1"
DUPLICATES = 0.2
EPOCH = 1_700_000_000

# sort: share of the files, share of the bytes, spread of the sizes, method of Writer
SORTS = (
    ("notes", 0.97, 0.12, 1.1, "text", ".md"),
    ("models", 0.02, 0.53, 1.0, "binary", ".bin"),
    ("media", 0.01, 0.35, 1.0, "noise", ".jpg"),
)


def make(root, scale):
    """Makes the tree at root, which must not exist."""
    writer = Writer(SEED)
    os.makedirs(root)
    for sort in SORTS:
        _files(root, writer, scale, *sort)
    _odd(os.path.join(root, "odd"), writer, min(16 * MIB, scale.tree_bytes // 20))
    # Last, because every file that is made changes the time of its directory.
    for directory, _, names in os.walk(root, topdown=False):
        for name in sorted(names) + [""]:
            _stamp(os.path.join(directory, name), writer)


def _files(root, writer, scale, sort, share, byte_share, spread, method, ending):
    count = max(5, int(scale.tree_files * share))
    weights = [writer.random.lognormvariate(0, spread) for _ in range(count)]
    unit = scale.tree_bytes * byte_share / sum(weights)
    made, total, duplicated, short = [], 0, 0, 0
    for index, weight in enumerate(weights):
        directory = os.path.join(root, sort, f"{index % 37:02d}", f"{index // 37 % 13:02d}")
        os.makedirs(directory, exist_ok=True)
        path = os.path.join(directory, writer.words(2).replace(" ", "-") + f"-{index}{ending}")
        # By bytes, not by chance: of few large files chance could pick too many.
        if made and duplicated < DUPLICATES * total:
            shutil.copyfile(writer.random.choice(made), path)
            size = os.path.getsize(path)
            duplicated += size
            # What the original is too short, or too long, the next new file makes up for.
            short += weight * unit - size
        else:
            size = max(1, int(weight * unit + short))
            short += weight * unit - size
            _write(path, getattr(writer, method), size)
            made.append(path)
        total += size
        os.chmod(path, writer.random.choice((0o644, 0o644, 0o640, 0o600, 0o755)))


def _write(path, content, size):
    with open(path, "wb") as file:
        for start in range(0, size, 8 * MIB):
            file.write(content(min(8 * MIB, size - start)))


def _odd(odd, writer, sparse_size):
    """What a copy must keep, too."""
    os.makedirs(os.path.join(odd, "empty directory"))
    _write(os.path.join(odd, "empty"), writer.text, 0)
    _write(os.path.join(odd, "größe 大きさ.txt"), writer.text, 100)
    _write(os.path.join(odd, "twin"), writer.text, 5000)
    os.link(os.path.join(odd, "twin"), os.path.join(odd, "other twin"))
    os.symlink("twin", os.path.join(odd, "link"))
    os.symlink("../nowhere", os.path.join(odd, "dangling"))
    deep = os.path.join(odd, *(["deeper"] * 30))
    os.makedirs(deep)
    _write(os.path.join(deep, "leaf"), writer.text, 10)
    with open(os.path.join(odd, "sparse"), "wb") as file:
        file.seek(sparse_size // 3)
        file.write(writer.noise(10_000))
        file.truncate(sparse_size)


def _stamp(path, writer):
    time = (EPOCH + writer.random.randrange(30_000_000)) * 10**9 + writer.random.randrange(10**9)
    os.utime(path, ns=(time, time), follow_symlinks=False)
