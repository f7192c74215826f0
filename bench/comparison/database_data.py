"""A SQLite database in WAL mode whose newest commits are still in its -wal file, as under an application at work."""
import os
import sqlite3
import subprocess
import sys

from .text import Writer

SEED = "holdfast database 1"

SCHEMA = """
    create table accounts(id integer primary key, email text unique, settings text);
    create table messages(
      id integer primary key, account integer references accounts(id), at integer, role text, body text);
    create index messages_by_account on messages(account, at);
    create table embeddings(message integer primary key, vector blob);
    create table sessions(token text primary key, account integer, state text) without rowid;
"""


def make(path, scale):
    """Makes path and path-wal. In a process of its own that ends without closing: closing would empty the -wal."""
    subprocess.run(_here("fill", path, scale.database_bytes, scale.wal_bytes), check=True)
    if os.path.getsize(path + "-wal") < scale.wal_bytes:
        raise RuntimeError(f"{path}-wal is smaller than it was made")
    # The index of the -wal: whoever opens the database makes a new one.
    os.unlink(path + "-shm")


def _here(function, *arguments):
    """The command that calls a function of this file in another process."""
    program = "import sys; sys.path.insert(0, sys.argv[1]); from comparison import database_data as here; here.%s(*sys.argv[2:])"
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return [sys.executable, "-B", "-c", program % function, root, *map(str, arguments)]


def fill(path, database_bytes, wal_bytes):
    """Runs in the process of its own and never returns."""
    writer = Writer(SEED)
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("pragma page_size = 4096")
    database.execute("pragma journal_mode = wal")
    database.execute("pragma synchronous = off")
    database.execute("pragma cache_size = -200000")
    database.executescript(SCHEMA)
    rows = _rows(writer)
    _accounts(database, writer)
    while os.path.getsize(path) < int(database_bytes):
        _commit(database, rows)
        database.execute("pragma wal_checkpoint(passive)")
    database.execute("pragma wal_checkpoint(truncate)")
    database.execute("pragma wal_autocheckpoint = 0")
    while os.path.getsize(path + "-wal") < int(wal_bytes):
        _commit(database, rows)
        database.execute("update messages set role = 'edited' where id % 997 = 5")
    os._exit(0)


def _accounts(database, writer):
    with database:
        database.execute("begin")
        for account in range(5000):
            settings = '{"language": "%s", "about": "%s"}' % (writer.words(1), writer.words(6))
            database.execute("insert into accounts values (?, ?, ?)", (account, f"{account}@example.org", settings))


def _rows(writer):
    number = 0
    while True:
        number += 1
        yield (number, writer.random.randrange(5000), 1_700_000_000 + number, "user", writer.words(writer.random.randint(5, 150)),
               writer.noise(1024), writer.noise(8).hex())


def _commit(database, rows, count=500):
    database.execute("begin")
    for _ in range(count):
        number, account, at, role, body, vector, token = next(rows)
        database.execute("insert into messages values (?, ?, ?, ?, ?)", (number, account, at, role, body))
        database.execute("insert into embeddings values (?, ?)", (number, vector))
        if number % 7 == 0:
            database.execute("insert into sessions values (?, ?, ?)", (token, account, body[:40]))
    database.execute("commit")


def evolve(path):
    """Changes one row of each hundred, as the application that it belongs to would; most of it ends in the file, the rest in -wal."""
    subprocess.run(_here("change", path), check=True)
    os.unlink(path + "-shm")


def change(path):
    """Runs in a process of its own and never returns: closing would empty the -wal."""
    writer = Writer("holdfast database evolution 1")
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("pragma synchronous = off")
    (rows,) = database.execute("select max(id) from messages").fetchone()
    for begin in range(7, rows, 10_000):
        database.execute("begin")
        for number in range(begin, min(begin + 10_000, rows), 100):
            body = writer.words(writer.random.randint(5, 150))
            database.execute("update messages set body = ? where id = ?", (body, number))
            database.execute("update embeddings set vector = ? where message = ?", (writer.noise(1024), number))
        database.execute("commit")
    os._exit(0)


def hold(path):
    """Runs in a process of its own: opens the database and keeps it open until nothing more can be read on stdin."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("pragma wal_autocheckpoint = 0")
    database.execute("select count(*) from accounts").fetchone()
    print("open", flush=True)
    sys.stdin.read()
    os._exit(0)


class Application:
    """Holds a database open, as the application that it belongs to does; so nobody else's closing empties its -wal.

    In another process, because this one reads the files by itself, and closing a file ends every lock that the same
    process has on it.
    """

    def __init__(self, path):
        self._wal = path + "-wal"
        self._size = os.path.getsize(self._wal)
        self._process = subprocess.Popen(_here("hold", path), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self._process.stdout.readline().strip() != b"open":
            raise RuntimeError(f"cannot open {path}")

    def close(self):
        still = os.path.getsize(self._wal)
        self._process.communicate()
        if still != self._size:
            raise RuntimeError(f"{self._wal} had {self._size} bytes and now has {still}: the runs were not alike")
