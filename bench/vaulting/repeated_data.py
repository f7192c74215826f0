"""Large files of which two fifths were there before, at other places: images of machines, archives of archives."""
import os

from comparison.scale import MIB
from comparison.text import Writer

FILES = 16
SHARE = 0.4
PIECE = 8 * MIB
"""How much of what was there before comes again in one piece, at most."""


def make(root, scale):
    """scale.repeated_bytes in all, below root, which must not exist."""
    writer = Writer("holdfast repeated 1")
    os.makedirs(root)
    size = scale.repeated_bytes // FILES
    piece = min(PIECE, size // 4)
    made, repeated, total = [], 0, 0
    for index in range(FILES):
        path = os.path.join(root, f"image-{index:02d}.bin")
        with open(path, "wb") as file:
            while file.tell() < size:
                # An odd length: so that what comes again lies at no boundary of blocks.
                length = min(size - file.tell(), writer.random.randrange(piece // 2, piece) | 1)
                if made and repeated < SHARE * total:
                    content = _from(writer.random.choice(made), length, writer)
                    repeated += len(content)
                else:
                    content = writer.binary(length)
                file.write(content)
                total += len(content)
        made.append(path)


def _from(path, length, writer):
    with open(path, "rb") as file:
        file.seek(writer.random.randrange(max(1, os.path.getsize(path) - length)))
        return file.read(length)
