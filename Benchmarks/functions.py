#!/usr/bin/env python3
"""What a call of a C function costs through libffi, beside the same host's echo, which is C without libffi.

    Benchmarks/functions.py [--binaries .build/release] [--quick]

Both plugins live in cells of their own; one client sends one call after the other on one connection, in turns, so that what
disturbs the machine disturbs both. The difference is what JSON to C and back through libffi costs.
"""
import argparse
import http.client
import json
import pathlib
import statistics
import tempfile
import time

import servers

CONFIGURATION = """\
listen: 127.0.0.1:{port}
data: {directory}/var
plugins_path: ["{binaries}"]
plugins:
  echo: {{ library: libEcho.so }}
  zlib:
    library: libz.so.1
    functions:
      crc32:
        symbol: crc32
        arguments: [ {{name: start, type: ulong, value: 0}}, {{name: data, type: bytes}}, {{name: length, type: uint, of: data}} ]
        returns: ulong
  maths:
    library: libm.so.6
    functions:
      root: {{ symbol: sqrt, arguments: [{{ name: x, type: double }}], returns: double, status: errno_set }}
"""

CALLS = [
    ("echo", "add", {"a": 2, "b": 3}, {"sum": 5}),
    ("maths", "root", {"x": 2.25}, {"result": 1.5}),
    ("zlib", "crc32", {"data": "MTIzNDU2Nzg5"}, {"result": 3421780262}),
]


class Host(servers.Server):
    """A host with the plugins under measurement."""

    def __init__(self, directory, binaries):
        super().__init__("functions", directory)
        self.binaries = binaries
        self.configuration = self.directory / "host.yaml"
        self.configuration.write_text(CONFIGURATION.format(port=self.port, directory=self.directory, binaries=binaries))

    def command(self):
        return [str(self.binaries / "roost"), "serve", "--config", str(self.configuration)]


def call(connection, plugin, tool, arguments):
    """The answer, and the microseconds until it was there."""
    envelope = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "bench", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    }
    params = {"name": tool, "arguments": arguments, "_meta": envelope}
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream",
               "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": tool}
    began = time.perf_counter_ns()
    connection.request("POST", f"/mcp/{plugin}", body, headers)
    answer = connection.getresponse().read()
    return json.loads(answer), (time.perf_counter_ns() - began) / 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", type=pathlib.Path, default=servers.ROOT / ".build/release")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    times = {plugin: [] for plugin, *_ in CALLS}
    with tempfile.TemporaryDirectory(prefix="roost-functions-") as directory:
        host = Host(directory, options.binaries.resolve()).start()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", host.port)
            for turn in range(500 if options.quick else 5000):
                for plugin, tool, arguments, expected in CALLS:
                    answer, took = call(connection, plugin, tool, arguments)
                    if answer.get("result", {}).get("structuredContent") != expected:
                        raise SystemExit(f"{plugin}'s {tool} answered {json.dumps(answer)[:500]}")
                    if turn >= 50:
                        times[plugin].append(took)
        finally:
            host.stop()
    print("\na call over HTTP, one at a time, µs (median, 99th of 100)")
    for plugin, tool, *_ in CALLS:
        values = sorted(times[plugin])
        print(f"  {plugin + ' ' + tool:<16} {statistics.median(values):8.1f} {values[len(values) * 99 // 100]:8.1f}")
    base = statistics.median(times["echo"])
    for plugin in ("maths", "zlib"):
        print(f"  {plugin + ' - echo':<16} {statistics.median(times[plugin]) - base:8.1f}")


if __name__ == "__main__":
    main()
