"""What is asked for, after a look at whether the answers are right."""
from dataclasses import dataclass

from .failure import Failed
from .server import BACKUPS

PAGE = 50
MOST_IDS = 500
FIRST = f"{BACKUPS}?limit={PAGE}"


@dataclass(frozen=True)
class Target:
    name: str
    paths: list


def targets(server, count):
    """First page, deep page, one by backup id, one by run id, of a server with so many backups."""
    known, cursors = all_backups(server, max(1, min(200, count // 10)))
    if len(known) != count:
        raise Failed(f"{BACKUPS}: {len(known)} backups are listed; there are {count}")
    after, cursor = cursors[len(cursors) * 9 // 10]
    deep = f"{FIRST}&cursor={cursor}"
    _require(server, FIRST, known[:PAGE])
    _require(server, deep, known[after : after + PAGE])
    some = known[:: max(1, count // MOST_IDS)]
    for backup in (some[0], some[len(some) // 2], some[-1]):
        for key in ("backup_id", "run_id"):
            found = server.ask(f"{BACKUPS}/{backup[key]}")
            if any(found.get(name) != backup[name] for name in ("run_id", "backup_id", "size_bytes")):
                raise Failed(f"{BACKUPS}/{backup[key]}: is not the backup that was asked for")
    return [
        Target(f"first page of {PAGE}", [FIRST]),
        Target(f"page of {PAGE} after {after:,} others", [deep]),
        Target("one by its backup id", [f"{BACKUPS}/{backup['backup_id']}" for backup in some]),
        Target("one by its run id", [f"{BACKUPS}/{backup['run_id']}" for backup in some]),
    ]


def all_backups(server, limit):
    """Summaries of all backups, in the order of the pages; and pairs: how many come before a page, its cursor."""
    known, cursors, path = [], [], f"{BACKUPS}?limit={limit}"
    try:
        while True:
            page = server.ask(path)
            known += page["data"]
            if not page["pagination"]["has_more"]:
                break
            cursors.append((len(known), page["pagination"]["next_cursor"]))
            path = f"{BACKUPS}?limit={limit}&cursor={cursors[-1][1]}"
        sequence = [backup["run_id"][16:] for backup in known]
    except (KeyError, TypeError):
        raise Failed(f"{path}: is no page of backups")
    if not known or sequence != sorted(set(sequence), reverse=True):
        raise Failed(f"{BACKUPS}: what is listed is not newest first, or not all of it once")
    return known, cursors


def _require(server, path, expected):
    page = server.ask(path)
    if page.get("data") != expected:
        raise Failed(f"{path}: is not the page that it ought to be")
