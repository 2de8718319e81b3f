#!/usr/bin/env python3
"""What each policy costs a call, and a call answered from the cache beside one that asks the plugin.

    Benchmarks/policies.py [--binaries .build/release] [--quick]

`roost measure` sends calls through the very chain the host would build from policies.yaml: each policy by itself, all of them, and
whole calls with the plugin. A policy that is added to the host and configured there is in the table without a word here.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile

from servers import ROOT

CONFIGURATION = pathlib.Path(__file__).resolve().parent / "policies.yaml"
CHAIN_GOAL_US = 5.0


def measure(binaries, directory, plugin, tool, arguments, quick):
    """(name, microseconds of processor time per call, one for each round) in the order of the chain."""
    configuration = pathlib.Path(directory) / f"{plugin}.yaml"
    text = CONFIGURATION.read_text().replace("@BINARIES@", str(binaries)).replace("@DIRECTORY@", str(directory))
    configuration.write_text(text)
    command = [str(binaries / "roost"), "measure", "--config", str(configuration), plugin, tool, *arguments]
    command += ["--rounds", "3", "--calls", "2000"] if quick else []
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600)
    if result.returncode != 0:
        raise SystemExit(f"roost measure ended with status {result.returncode}: {result.stdout[-500:]}{result.stderr[-2000:]}")
    return [(row["name"], [ns / 1000 for ns in row["ns"]]) for row in json.loads(result.stdout)]


def table(binaries, directory, quick=False):
    """Prints the table; returns what was measured, for programs, and the goals."""
    rows = measure(binaries, directory, "echo", "add", ["a=2", "b=3"], quick)
    cell = measure(binaries, directory, "celled", "add", ["a=2", "b=3"], quick)
    cached = measure(binaries, directory, "cached", "add", ["a=2", "b=3"], quick)

    def line(name, values):
        spread = f"({min(values):.2f}–{max(values):.2f})"
        print(f"  {name:<44} {statistics.median(values):8.2f} {spread:>18}")

    print("\npolicies, µs of CPU per call in the host's process, no network (median, range over the rounds)")
    for name, values in rows:
        if not name.startswith("call"):
            line(name, values)
    by_name, celled, from_cache = dict(rows), dict(cell), dict(cached)
    print("  whole calls of echo's add")
    line("plugin in the host's process, no policies", by_name["call without policies"])
    line("plugin in the host's process", by_name["call"])
    line("plugin in a cell, host's part, no policies", celled["call without policies"])
    line("plugin in a cell, host's part", celled["call"])
    line("a tool with a cache configured, same arguments", from_cache["call"])
    chain = statistics.median(by_name["whole chain"])
    goals = [("policies, whole chain with memory stores", f"< {CHAIN_GOAL_US:.0f} µs CPU", f"{chain:.2f} µs", chain < CHAIN_GOAL_US)]
    return {"echo": rows, "celled": cell, "cached": cached}, goals


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", type=pathlib.Path, default=ROOT / ".build/release")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="roost-policies-") as directory:
        _, goals = table(options.binaries.resolve(), directory, options.quick)
    for what, goal, measured, holds in goals:
        print(f"  {'✔' if holds else '✘'} {what:<48} {goal:>16}   measured {measured}")


if __name__ == "__main__":
    main()
