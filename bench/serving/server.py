"""`holdfast serve` in a process of its own: started, asked, looked at, ended."""
import http.client
import json
import os
import socket
import subprocess
import time

from comparison.timed import TICK

from .failure import Failed
from .watch import process_cpu

BACKUPS = "/api/v1/admin/backups"
LONGEST_START = 120
LONGEST_END = 60


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """data: makes the configuration. name: of its place below the work. To be used with `with`, which ends it."""

    def __init__(self, data, launcher, name, repository):
        self.port = free_port()
        self.repository = repository
        self._launcher = launcher
        self._configuration = data.configuration(name, repository, port=self.port)
        self._place = os.path.dirname(self._configuration)
        self._log = os.path.join(self._place, "server.log")
        self._process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        """Starts it; seconds from there to the first 200 of /ready."""
        with open(self._log, "wb") as log:
            self._begun = time.monotonic()
            self._process = subprocess.Popen(
                [self._launcher, "serve", "--config", self._configuration, "--log", "json"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() - self._begun > LONGEST_START:
                raise Failed(f"holdfast serve did not become ready:\n{self._said()}")
            # Asking more often would take the processor from what is measured.
            time.sleep(0.002)
        return time.monotonic() - self._begun

    def stop(self):
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(LONGEST_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise Failed(f"holdfast serve did not end within {LONGEST_END} s:\n{self._said()}")
        finally:
            self._process = None

    def _is_ready(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                head = f"GET /ready HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n\r\n"
                connection.sendall(head.encode())
                return connection.recv(1024).split()[1:2] == [b"200"]
        except OSError:
            return False

    def _said(self):
        with open(self._log, errors="replace") as log:
            return log.read()[-2000:].strip()

    @property
    def token(self):
        try:
            with open(os.path.join(self._place, "state", "admin-token")) as file:
                return file.read().strip()
        except OSError as error:
            raise Failed(f"holdfast serve made no token: {error}")

    def ask(self, path, method="GET", body=None):
        """What it answers, from JSON; anything but success is a failure."""
        text = self._answer(path, method, body)
        try:
            return json.loads(text) if text else None
        except ValueError as error:
            raise Failed(f"{method} {path}: {error}")

    def size(self, path):
        """How many bytes it answers."""
        return len(self._answer(path, "GET", None))

    def _answer(self, path, method, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        headers = {"Authorization": "Bearer " + self.token}
        if body is not None:
            body = json.dumps(body)
            headers.update({"Content-Type": "application/json", "Idempotency-Key": os.urandom(8).hex()})
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status >= 300:
                raise Failed(f"{method} {path}: {answer.status} {text[:500]!r}")
            return text
        except (OSError, http.client.HTTPException) as error:
            raise Failed(f"{method} {path}: {error!r}")
        finally:
            connection.close()

    def age(self):
        """Seconds since its start."""
        return time.monotonic() - self._begun

    def cpu(self):
        """CPU seconds that it has used."""
        if self._process is None:
            return 0.0
        return process_cpu(self._process.pid)

    def memory(self):
        """Resident bytes now: all, of its own, of files, and the peak of all."""
        names = {"VmRSS": "rss", "RssAnon": "anonymous", "RssFile": "files", "VmHWM": "peak"}
        with open(f"/proc/{self._process.pid}/status") as file:
            values = dict(line.split(":", 1) for line in file)
        return {f"{key}_bytes": int(values[name].split()[0]) << 10 for name, key in names.items()}

    def rest(self, least):
        """Waits until it has used next to no CPU for a second, and is at least so many seconds old; at what age it
        came to rest. What it reads after its start, it has read by then."""
        window, still, before = 0.25, 0, self.cpu()
        came = self.age()
        while still < 4 or self.age() < least:
            if self.age() > LONGEST_START:
                raise Failed(f"holdfast serve is at work without a request, {LONGEST_START} s after its start")
            time.sleep(window)
            now = self.cpu()
            if now - before > 1.5 / TICK:
                still, came = 0, self.age()
            else:
                still += 1
            before = now
        return came
