#!/usr/bin/env python3
"""Where the time of a call goes: perf (Debian's linux-perf) on a loaded host, cells included.

    Benchmarks/hot_spots.py [--process host|own] [--era modern|session|none] [--connections 64] [--top 40]

Each sample counts for the innermost function of ours, of SwiftNIO or of Echo on its stack, with all that this function reached in the
Swift runtime, the C library and the kernel; the right column names where inside. Shares turn into microseconds of CPU per call.
"""
import argparse
import collections
import pathlib
import re
import subprocess
import tempfile

import eras
import load
import processes
from servers import ROOT, Roost

OURS = {path.name for path in (ROOT / "Sources").iterdir()}
FRAME = re.compile(r"\s*[0-9a-f]+ (?P<symbol>.*) \((?P<image>.*)\)$")
MODULE = re.compile(r"\$s[So]?(\d+)")


def module_of(symbol):
    """The module in a mangled Swift name: its length, then the name."""
    found = MODULE.search(symbol)
    return symbol[found.end():found.end() + int(found[1])] if found else ""


def owner_of(frames):
    """(module, function) that a stack counts for; frames begin with the innermost."""
    for frame in frames:
        symbol, module = frame["symbol"], module_of(frame["symbol"])
        if module in OURS:
            return module, symbol
        if module.startswith("NIO"):
            return "NIO", symbol
        if "nio_llhttp" in symbol:
            return "NIO", "llhttp"
        if "libEcho" in frame["image"]:
            return "Echo", symbol
    return "other", frames[-1]["symbol"]


def record(server, era, headers, options, directory):
    """Loads the server under perf; returns what the load showed and one list of frames per sample."""
    data = f"{directory}/perf.data"
    pids = [server.process.pid, *processes.descendants(server.process.pid)]
    perf = subprocess.Popen(
        ["perf", "record", "--quiet", "-F", "2999", "--call-graph", "fp", "-o", data, "-p", ",".join(map(str, pids))],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    span = load.run(server, headers, era.body, options.connections, options.seconds, directory)
    perf.terminate()
    perf.wait()
    script = subprocess.run(["perf", "script", "-i", data, "-F", "comm,pid,ip,sym,dso"], capture_output=True, text=True).stdout
    stacks = ([FRAME.match(line) for line in block.splitlines()[1:]] for block in script.split("\n\n"))
    samples = [[frame for frame in stack if frame] for stack in stacks]
    return span, [frames for frames in samples if frames]


def table(span, samples, top):
    modules, functions, inside = collections.Counter(), collections.Counter(), collections.defaultdict(collections.Counter)
    for frames in samples:
        module, function = owner_of(frames)
        modules[module] += 1
        functions[(module, function)] += 1
        inside[(module, function)][frames[0]["symbol"]] += 1
    for module, count in modules.most_common():
        yield f"{count * span.cpu_us_per_call / len(samples):6.1f} µs  {module}"
    yield ""
    for owner, count in functions.most_common(top):
        places = ", ".join(f"{symbol} {100 * part // count} %" for symbol, part in inside[owner].most_common(3))
        yield f"{count * span.cpu_us_per_call / len(samples):6.2f} µs  {owner[0]:<14} {owner[1]}   [{places}]"


def demangled(text):
    return subprocess.run(["swift", "demangle", "--simplified"], input=text, capture_output=True, text=True, check=True).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", type=pathlib.Path, default=ROOT / ".build/release")
    parser.add_argument("--process", choices=["host", "own"], default="host", help="where the plugin runs")
    parser.add_argument("--era", choices=["modern", "session", "none"], default="modern")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--top", type=int, default=40)
    options = parser.parse_args()
    era = eras.eras()[["modern", "session", "none"].index(options.era)]
    with tempfile.TemporaryDirectory(prefix="roost-hot-") as directory:
        server = Roost("Roost", directory, options.binaries.resolve(), options.process).start()
        try:
            headers = server.headers_for(era)
            eras.checked(eras.post(server.port, headers, era.body))
            span, samples = record(server, era, headers, options, directory)
        finally:
            server.stop()
    print(f"{span.calls_per_second:,.0f} calls/s, {span.cpu_us_per_call:.1f} µs CPU per call, {len(samples)} samples")
    print("\n".join(line[:200] for line in demangled("\n".join(table(span, samples, options.top))).splitlines()))


if __name__ == "__main__":
    main()
