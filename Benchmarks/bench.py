#!/usr/bin/env python3
"""What Roost adds to a call, beside nginx returning the same bytes and beside FastMCP, in one run.

    Benchmarks/bench.py [--binaries .build/release] [--quick] [--seconds 2] [--rounds 3] [--starts 20]

The servers take turns within each round, so that a busy moment of the machine meets all of them. Medians are printed, with the
smallest and the largest value; ratios are taken within a round. Everything also goes to .build/bench.json.
"""
import argparse
import contextlib
import pathlib
import sys
import tempfile

import cold_start
import eras
import load
import policies
from report import Report
from servers import ROOT, FastMCP, Nginx, Roost

CONNECTIONS = (1, 8, 64)
MODERN = eras.eras()[0]


def measure_era(era, servers, options, report, directory):
    """Verifies the answers of every server, then loads them in turns. nginx gets the bytes of the first Roost."""
    requests, example = {}, None
    for server in servers:
        try:
            headers = server.headers_for(era)
            answer = eras.checked(eras.post(server.port, headers, era.body))
        except eras.NoAnswer as error:
            report.note(f"{era.name}: {server.name} does not serve this: {error}")
            continue
        requests[server.name] = (server, headers)
        if isinstance(server, Roost):
            if example and example.body != answer.body:
                report.note(f"{era.name}: the two hosts' answers differ: {example.body!r} and {answer.body!r}")
            example = example or answer
    if example is None:
        return
    nginx = Nginx(directory, example, f"nginx for {era.name}").start()
    nginx.name = "nginx"
    try:
        answer = eras.checked(eras.post(nginx.port, era.headers, era.body))
        if answer.body != example.body:
            raise SystemExit("nginx does not return the bytes it was given")
        report.note(f"{era.name}: a response has {example.size} bytes from Roost, {answer.size} from nginx, the same body")
        turns = [(nginx, next(iter(requests.values()))[1]), *requests.values()]
        for connections in CONNECTIONS:
            for _ in range(options.rounds):
                for server, headers in turns:
                    span = load.run(server, headers, era.body, connections, options.seconds, directory)
                    report.add_load(era.name, connections, server.name, span)
            for server, headers in turns:
                eras.checked(eras.post(server.port, headers, era.body))
            report.print_load(era.name, connections)
    finally:
        nginx.stop()


def measure_cold_start(options, report, directory):
    stopwatch = cold_start.Stopwatch(directory)
    in_process = Roost("Roost in-process", directory, options.binaries, "host")
    cell = Roost("Roost cell", directory, options.binaries, "own")
    in_process.start()
    example = eras.checked(eras.post(in_process.port, MODERN.headers, MODERN.body))
    in_process.stop()
    peers = [Nginx(directory, example, "nginx cold"), in_process, cell]
    python_peer = [FastMCP(directory)] if FastMCP.python.exists() else []
    for turn in range(options.starts):
        for server in peers + (python_peer if turn < max(3, options.starts // 4) else []):
            ready, result = stopwatch.over_http(server, MODERN)
            name = "nginx" if server.name == "nginx cold" else server.name
            report.add_start(name, "first 200", ready)
            report.add_start(name, "first result", result)
            if hasattr(server, "stdio_command"):
                report.add_start(name, "stdio, first result", stopwatch.over_stdio(server.stdio_command(), MODERN.body))
    report.print_starts()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", type=pathlib.Path, default=ROOT / ".build/release")
    parser.add_argument("--quick", action="store_true", help="one round of a second each: does it run at all?")
    parser.add_argument("--seconds", type=int, default=2, help="of load per server, round and number of connections")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--starts", type=int, default=20, help="cold starts of each server")
    options = parser.parse_args()
    if options.quick:
        options.seconds, options.rounds, options.starts = 1, 1, 3
    options.binaries = options.binaries.resolve()

    report = Report()
    report.print_machine()
    with tempfile.TemporaryDirectory(prefix="roost-bench-") as directory, contextlib.ExitStack() as stack:
        servers = [
            Roost("Roost in-process", directory, options.binaries, "host"),
            Roost("Roost cell", directory, options.binaries, "own"),
        ]
        if FastMCP.python.exists():
            servers.append(FastMCP(directory))
        else:
            report.note("no Python peer: Scripts/python-environments.sh makes its environment")
        for server in servers:
            stack.callback(server.stop)
            server.start()
            report.add_memory(server, "idle")
        for server in servers:
            eras.checked(eras.post(server.port, MODERN.headers, MODERN.body))
            report.add_memory(server, "after one call")
        for era in eras.eras():
            measure_era(era, servers, options, report, directory)
        for server in servers:
            report.add_memory(server, "after the load")
        report.print_memory()
        stack.close()
        report.policies, goals = policies.table(options.binaries, directory, options.quick)
        report.further_goals += goals
        measure_cold_start(options, report, directory)
    report.print_goals()
    report.print_notes()
    report.write(ROOT / ".build/bench.json")
    sys.exit(1 if report.failures else 0)


if __name__ == "__main__":
    main()
