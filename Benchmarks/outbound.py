#!/usr/bin/env python3
"""What 500 slow upstream calls of one plugin do to another plugin's calls, in one run.

    Benchmarks/outbound.py [--binaries .build/release] [--quick]

One plugin asks a server that answers after seconds, 500 times at once, in one call. Meanwhile, and before, another plugin's
calls, each with an upstream request of its own, and Echo's calls without any, are timed one after the other. Both times are taken
in turns; the ratio of the p99 is the figure, and its goal is at most 2.
"""
import argparse
import asyncio
import http.client
import json
import pathlib
import tempfile
import threading
import time

from servers import ROOT, Roost, free_port

CONFIGURATION = """\
listen: 127.0.0.1:{port}
data: {directory}/var
plugins_path: ["{binaries}"]
plugins:
  slow:
    library: libFixtureCourier.so
    egress: ["127.0.0.1:{upstream}"]
    http: {{ concurrency: 500, retries: 0 }}
    limits: {{ deadline: 60s }}
  quick:
    library: libFixtureCourier.so
    egress: ["127.0.0.1:{upstream}"]
  echo:
    library: libEcho.so
"""
SLOW_CALLS = 500


class Upstream:
    """/slow answers after `seconds`, anything else at once. Counts how many wait."""

    def __init__(self, seconds):
        self.seconds, self.waiting, self.port = seconds, 0, free_port()
        threading.Thread(target=lambda: asyncio.run(self.serve()), daemon=True).start()

    async def serve(self):
        server = await asyncio.start_server(self.connection, "127.0.0.1", self.port, backlog=1024)
        await server.serve_forever()

    async def connection(self, reader, writer):
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                if head.startswith(b"GET /slow"):
                    self.waiting += 1
                    await asyncio.sleep(self.seconds)
                    self.waiting -= 1
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


class Caller:
    """Calls tools of one host over one kept connection."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=90)

    def call(self, alias, tool, arguments):
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call",
                           "params": {"name": tool, "arguments": arguments, "_meta": META}})
        self.connection.request("POST", f"/mcp/{alias}", body, {
            "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
            "MCP-Protocol-Version": META["io.modelcontextprotocol/protocolVersion"], "Mcp-Method": "tools/call",
            "Mcp-Name": tool})
        response = self.connection.getresponse()
        text = response.read().decode()
        if response.status != 200 or '"isError":true' in text:
            raise SystemExit(f"{alias} {tool}: {response.status} {text[:500]}")
        return text


META = {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": {"name": "bench", "version": "1"}}


def timed(caller, count, *call):
    seen = []
    for _ in range(count):
        begin = time.perf_counter()
        caller.call(*call)
        seen.append((time.perf_counter() - begin) * 1e6)
    seen.sort()
    return seen[len(seen) // 2], seen[int(len(seen) * 0.99)]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--binaries", default=str(ROOT / ".build/release"))
    options.add_argument("--quick", action="store_true")
    options = options.parse_args()
    count, rounds = (300, 2) if options.quick else (2000, 5)
    with tempfile.TemporaryDirectory() as directory:
        upstream = Upstream(seconds=2 if options.quick else 8)
        host = Roost("outbound", directory, options.binaries, "own")
        host.configuration.write_text(CONFIGURATION.format(
            port=host.port, directory=directory, binaries=pathlib.Path(options.binaries).resolve(),
            upstream=upstream.port))
        host.start()
        try:
            measure(host, upstream, count, rounds)
        finally:
            host.stop()


def measure(host, upstream, count, rounds):
    caller = Caller(host.port)
    quick = ("quick", "get", {"url": f"http://127.0.0.1:{upstream.port}/"})
    echo = ("echo", "add", {"a": 2, "b": 3})
    timed(caller, 100, *quick)
    timed(caller, 100, *echo)
    print(f"{SLOW_CALLS} slow upstream calls of one plugin; {count} calls of others, one after the other; µs")
    print(f"{'round':>5} {'calls of':>24} {'p50 alone':>10} {'p50 beside':>10} {'p99 alone':>10} {'p99 beside':>10} {'ratio':>6}")
    ratios = {"quick": [], "echo": []}
    for number in range(1, rounds + 1):
        alone = {"quick": timed(caller, count, *quick), "echo": timed(caller, count, *echo)}
        ended = []
        slow = threading.Thread(target=lambda: ended.append(Caller(host.port).call(
            "slow", "parallel", {"url": f"http://127.0.0.1:{upstream.port}/slow", "count": SLOW_CALLS})))
        slow.start()
        while upstream.waiting < SLOW_CALLS:
            time.sleep(0.01)
        beside = {}
        for name, call in (("quick", quick), ("echo", echo)):
            beside[name] = timed(caller, count, *call)
            if not slow.is_alive():
                print(f"      the slow calls ended before {name} was measured: take fewer calls or a slower upstream")
        slow.join()
        if f"{SLOW_CALLS} of {SLOW_CALLS}" not in ended[0]:
            raise SystemExit(f"the slow calls did not all succeed: {ended[0][:300]}")
        for name, words in (("quick", "another plugin, with HTTP"), ("echo", "Echo, without")):
            (p50, p99), (p50_beside, p99_beside) = alone[name], beside[name]
            ratios[name].append(p99_beside / p99)
            print(f"{number:>5} {words:>24} {p50:>10.0f} {p50_beside:>10.0f} {p99:>10.0f} {p99_beside:>10.0f} {p99_beside / p99:>6.2f}")
    for name in ratios:
        middle = sorted(ratios[name])[len(ratios[name]) // 2]
        print(f"median ratio of the p99, {name}: {middle:.2f} (goal: at most 2)")
    print(f"resident memory of the host: {host.resident_megabytes():.0f} MB")


if __name__ == "__main__":
    main()
