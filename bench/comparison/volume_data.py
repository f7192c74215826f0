"""What shows whether memory grows with the data: very many small files, and one very large one."""
import os

from .scale import MIB
from .text import Writer

PER_DIRECTORY = 500


def make_many(root, scale):
    """scale.many_files files of 20 to 2,000 bytes below root, which must not exist."""
    writer = Writer("holdfast many 1")
    pool = writer.text(4 * MIB)
    for index in range(scale.many_files):
        if index % PER_DIRECTORY == 0:
            directory = os.path.join(root, f"{index // PER_DIRECTORY // 50:03d}", f"{index // PER_DIRECTORY:05d}")
            os.makedirs(directory)
        size = writer.random.randrange(20, 2000)
        start = writer.random.randrange(len(pool) - size)
        with open(os.path.join(directory, f"entry-{index:07d}.json"), "wb", buffering=0) as file:
            file.write(pool[start : start + size])


def make_large(path, scale):
    """One file of scale.large_bytes without holes, at path, which must not exist."""
    writer = Writer("holdfast large 1")
    os.makedirs(os.path.dirname(path))
    block = writer.binary(16 * MIB)
    with open(path, "wb") as file:
        written = 0
        while written < scale.large_bytes:
            # The rest is the same block each time, too far apart for a compressor to find it.
            fresh = writer.noise(MIB)
            piece = (fresh + block)[: scale.large_bytes - written]
            file.write(piece)
            written += len(piece)
