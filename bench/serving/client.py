"""One client: a process that asks over one connection, one request after the other, and tells how long each took.

Reads a line of JSON: port, token, paths, count, and for how many seconds at most. Says `ready`, waits for a line, asks,
and writes a line of JSON.
"""
import http.client
import json
import sys
import time


def main():
    order = json.loads(sys.stdin.readline())
    headers = {"Authorization": "Bearer " + order["token"], "Accept": "application/json"}
    connection = http.client.HTTPConnection("127.0.0.1", order["port"], timeout=60)
    connection.connect()
    print("ready", flush=True)
    sys.stdin.readline()
    took, wrong, size = [], 0, 0
    begun = time.monotonic()
    for number in range(order["count"]):
        if time.monotonic() - begun > order["seconds"]:
            break
        path = order["paths"][number % len(order["paths"])]
        start = time.perf_counter_ns()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        took.append(time.perf_counter_ns() - start)
        size += len(body)
        wrong += answer.status != 200
    told = {"begun": begun, "ended": time.monotonic(), "took_ns": took, "wrong": wrong, "bytes": size}
    print(json.dumps(told), flush=True)


main()
