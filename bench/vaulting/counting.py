"""A server of restic's REST protocol, with lists of version 2, over a directory on this machine; it counts what it is asked.

Files lie as both programs lay them out themselves, so that a store can be looked at from beside. Format facts: restic's
doc/REST_backend.rst and doc/design.rst. For measuring only: it trusts whoever connects, and is durable at no moment.
"""
import json
import os
import re
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

V2 = "application/vnd.x.restic.rest.v2"
TYPES = ("data", "keys", "locks", "snapshots", "index")
NAME = re.compile("[0-9a-f]{64}")
RANGE = re.compile(r"bytes=(\d+)-(\d*)")
WORDS = {"HEAD": "look", "GET": "read", "POST": "write", "DELETE": "delete"}


class CountingServer:
    """Serves a directory, which may come and go, on the loopback interface until it is closed. address: with a slash at its end."""

    def __init__(self, directory):
        self._counts = Counts()
        counts = self._counts

        class Handler(_Handler):
            store = Store(directory)
            tally = counts

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def taken(self):
        """What was counted since this was asked last, as {"requests": {"read data": 5, …}, "up_bytes": …, "down_bytes": …}."""
        return self._counts.taken()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class Counts:
    """Thread-safe."""

    def __init__(self):
        self._lock = threading.Lock()
        self._clear()

    def _clear(self):
        self._requests, self._up, self._down = Counter(), 0, 0

    def asked(self, what, up):
        """what: `write data`. up: bytes of its body."""
        with self._lock:
            self._requests[what] += 1
            self._up += up

    def answered(self, down):
        with self._lock:
            self._down += down

    def taken(self):
        with self._lock:
            taken = {"requests": dict(sorted(self._requests.items())), "up_bytes": self._up, "down_bytes": self._down}
            self._clear()
            return taken


class Store:
    """Where files lie below a directory."""

    def __init__(self, directory):
        self._directory = directory

    def create(self):
        for name in TYPES:
            os.makedirs(os.path.join(self._directory, name), exist_ok=True)

    def path(self, sort, name):
        """None for what is no name of a file."""
        if sort == "config" and not name:
            return os.path.join(self._directory, "config")
        if sort not in TYPES or not NAME.fullmatch(name):
            return None
        return os.path.join(self._directory, sort, *([name[:2]] if sort == "data" else []), name)

    def list(self, sort):
        """All files of a sort, as the protocol tells them."""
        found = []
        for directory, _, names in os.walk(os.path.join(self._directory, sort)):
            for name in filter(NAME.fullmatch, names):
                try:
                    found.append({"name": name, "size": os.path.getsize(os.path.join(directory, name))})
                except FileNotFoundError:
                    pass
        return found


class _Handler(BaseHTTPRequestHandler):
    """Its subclass has store and tally."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *unused):
        pass

    def _serve(self):
        length = int(self.headers.get("Content-Length") or 0)
        self._body = self.rfile.read(length) if "chunked" not in self.headers.get("Transfer-Encoding", "") else self._chunks()
        sort, _, name = urlsplit(self.path).path.strip("/").partition("/")
        is_list = sort in TYPES and not name
        # Before it is answered: a client that has its last answer is gone, and what it did is looked at.
        self.tally.asked(f"{'list' if is_list else WORDS[self.command]} {sort}".strip(), len(self._body))
        if self.command == "POST" and not sort:
            self.store.create()
            self._answer(200)
        elif is_list:
            self._answer(200, json.dumps(self.store.list(sort)).encode(), {"Content-Type": V2})
        else:
            self._file(self.store.path(sort, name))

    do_HEAD = do_GET = do_POST = do_DELETE = _serve

    def _file(self, path):
        if path is None:
            return self._answer(400)
        try:
            if self.command == "POST":
                return self._write(path)
            if self.command == "DELETE":
                os.unlink(path)
                return self._answer(200)
            if self.command == "HEAD":
                return self._answer(200, headers={"Content-Length": str(os.path.getsize(path))})
            return self._read(path)
        except FileNotFoundError:
            return self._answer(404)

    def _write(self, path):
        if os.path.exists(path):
            return self._answer(403)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        new = f"{path}.{threading.get_ident()}"
        with open(new, "wb") as file:
            file.write(self._body)
        os.rename(new, path)
        return self._answer(200)

    def _read(self, path):
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            part = RANGE.fullmatch(self.headers.get("Range", ""))
            if not part:
                return self._answer(200, file.read())
            first = int(part[1])
            last = min(int(part[2] or size), size - 1)
            if first > last:
                return self._answer(416)
            file.seek(first)
            return self._answer(206, file.read(last + 1 - first), {"Content-Range": f"bytes {first}-{last}/{size}"})

    def _answer(self, status, body=b"", headers=None):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.tally.answered(len(body))
            self.wfile.write(body)

    def _chunks(self):
        """A body whose length its sender did not know."""
        body = bytearray()
        while True:
            size = int(self.rfile.readline().partition(b";")[0], 16)
            body += self.rfile.read(size)
            self.rfile.readline()
            if size == 0:
                return bytes(body)
