"""Tells whether what was restored is what was lost."""
import hashlib
import os
import sqlite3
import stat

SECOND = 10**9


def tree(root):
    """One line for each entry below root, root included, in a fixed order: everything that a restore must bring back."""
    lines = []
    first_names = {}
    root = os.fsencode(root)
    pending = [b""]
    while pending:
        path = pending.pop()
        full = os.path.join(root, path) if path else root
        entry = os.lstat(full)
        lines.append(_line(full, path, entry, first_names))
        if stat.S_ISDIR(entry.st_mode):
            pending.extend(os.path.join(path, name) for name in sorted(os.listdir(full), reverse=True))
    return lines


def _line(full, path, entry, first_names):
    sort, size, content = "other", 0, "-"
    if stat.S_ISDIR(entry.st_mode):
        sort = "directory"
    elif stat.S_ISLNK(entry.st_mode):
        sort, content = "link", repr(os.readlink(full))
    elif stat.S_ISREG(entry.st_mode):
        sort, size, content = "file", entry.st_size, _digest(full)
        if entry.st_nlink > 1:
            content += " = " + repr(first_names.setdefault((entry.st_dev, entry.st_ino), path))
    mode = oct(stat.S_IMODE(entry.st_mode))
    return repr(path), sort, mode, entry.st_uid, entry.st_gid, size, content, entry.st_mtime_ns


def _digest(path):
    digest = hashlib.sha256()
    with open(path, "rb", buffering=0) as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def differences(expected, found, mtime_unit=1):
    """What differs, as sentences, at most five; mtimes are compared in whole units of that many nanoseconds."""
    expected = {line[0]: line[1:-1] + (line[-1] // mtime_unit,) for line in expected}
    found = {line[0]: line[1:-1] + (line[-1] // mtime_unit,) for line in found}
    result = []
    for path in sorted(expected.keys() | found.keys()):
        if expected.get(path) != found.get(path):
            result.append(f"{path}: expected {expected.get(path, 'nothing')}, found {found.get(path, 'nothing')}")
            if len(result) == 5:
                break
    return result


def database(path):
    """A digest of schema and rows; the bytes of two equal databases may differ."""
    digest = hashlib.sha256()
    connection = sqlite3.connect(path)
    try:
        schema = connection.execute("select name, sql from sqlite_master where sql is not null order by name").fetchall()
        digest.update(repr(schema).encode())
        for name, sql in schema:
            if sql.lower().startswith("create table"):
                digest.update(name.encode())
                # Each table's primary key is its first column.
                for row in connection.execute(f'select * from "{name}" order by 1'):
                    digest.update(repr(row).encode())
        return digest.hexdigest()
    finally:
        connection.close()
