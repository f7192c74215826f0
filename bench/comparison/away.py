"""Takes what earlier runs left out of the way of the next one."""
import os
import shutil

from .scale import GIB

KEEP_FREE = 12 * GIB


def put_away(path):
    """Moves a directory aside, to be deleted when its scenario is over, as long as there is room.

    ext4 does not hand out the inodes of deleted files again for up to five minutes, and looks at every one of them
    whenever it makes a file: after 20,000 deletions the next 20,000 files take several times as long, whoever makes
    them. Nobody who backs up or restores pays for that, so no run here may.
    """
    if not os.path.exists(path):
        return
    parent = os.path.dirname(path)
    if shutil.disk_usage(parent).free < KEEP_FREE:
        shutil.rmtree(path)
        return
    place = os.path.join(parent, "away")
    os.makedirs(place, exist_ok=True)
    os.rename(path, os.path.join(place, str(len(os.listdir(place)))))
