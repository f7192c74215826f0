"""A server that does nothing: answers every request with the same bytes, so that a load generator's own share shows.

Argument: how many bytes of body. Says its port, and ends when nothing more can be read on stdin.
"""
import selectors
import socket
import sys

ENDS = b"\r\n\r\n"


def main():
    body = b"x" * int(sys.argv[1])
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    with socket.create_server(("127.0.0.1", 0)) as listener, selectors.DefaultSelector() as ready:
        ready.register(listener, selectors.EVENT_READ)
        ready.register(sys.stdin, selectors.EVENT_READ)
        print(listener.getsockname()[1], flush=True)
        heard = {}
        while True:
            for key, _ in ready.select():
                if key.fileobj is sys.stdin:
                    return
                if key.fileobj is listener:
                    connection, _ = listener.accept()
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    ready.register(connection, selectors.EVENT_READ)
                    heard[connection] = b""
                    continue
                connection = key.fileobj
                piece = _receive(connection)
                if not piece:
                    ready.unregister(connection)
                    connection.close()
                    del heard[connection]
                    continue
                *requests, heard[connection] = (heard[connection] + piece).split(ENDS)
                connection.sendall(answer * len(requests))


def _receive(connection):
    try:
        return connection.recv(65536)
    except OSError:
        return b""


main()
