#!/usr/bin/env python3
"""Where the time of a call goes: perf (Debian's linux-perf) on a loaded host, cells included.

    Benchmarks/hot_spots.py [--process host|own] [--era modern|session|none] [--connections 64] [--top 30] [--callers]
"""
import argparse
import pathlib
import subprocess
import tempfile

import eras
import load
import processes
from servers import ROOT, Roost


def demangled(text):
    return subprocess.run(["swift", "demangle", "--simplified"], input=text, capture_output=True, text=True, check=True).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", type=pathlib.Path, default=ROOT / ".build/release")
    parser.add_argument("--process", choices=["host", "own"], default="host", help="where the plugin runs")
    parser.add_argument("--era", choices=["modern", "session", "none"], default="modern")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--top", type=int, default=30)
    parser.add_argument("--callers", action="store_true", help="count a function's callees as its own time")
    options = parser.parse_args()
    era = eras.eras()[["modern", "session", "none"].index(options.era)]

    with tempfile.TemporaryDirectory(prefix="roost-hot-") as directory:
        server = Roost("Roost", directory, options.binaries.resolve(), options.process).start()
        try:
            headers = server.headers_for(era)
            eras.checked(eras.post(server.port, headers, era.body))
            pids = [server.process.pid, *processes.descendants(server.process.pid)]
            recording = subprocess.Popen(
                ["perf", "record", "--quiet", "-F", "2999", "--call-graph", "fp", "-o", f"{directory}/perf.data",
                 "-p", ",".join(map(str, pids))], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            span = load.run(server, headers, era.body, options.connections, options.seconds, directory)
            recording.terminate()
            recording.wait()
        finally:
            server.stop()
        print(f"{span.calls_per_second:,.0f} calls/s, {span.cpu_us_per_call:.1f} µs CPU per call, {span.failures} failures")
        order = "--children" if options.callers else "--no-children"
        listing = subprocess.run(
            ["perf", "report", "-i", f"{directory}/perf.data", order, "-g", "none", "--sort", "pid,dso,symbol", "--percent-limit", "0.3",
             "--stdio"], capture_output=True, text=True).stdout
        lines = [line for line in listing.splitlines() if line.strip() and not line.startswith("#")]
        print(demangled("\n".join(lines[: options.top])))


if __name__ == "__main__":
    main()
