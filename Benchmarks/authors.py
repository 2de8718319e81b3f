#!/usr/bin/env python3
"""How long an author waits: the first build of a new plugin, a build after a change, and the way to an answer over HTTP.

    Benchmarks/authors.py [--binaries .build/release] [--language swift|c|rust]…

Every first build begins in an empty folder; Swift's compiles RoostKit, and fetches nothing. SWIFT names another driver than swift.
"""

import argparse
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What a change looks like: another word in the source of the tool.
SOURCES = {"swift": "Sources/Quick/Greet.swift", "c": "src/quick.c", "rust": "src/lib.rs"}
NEEDS = {"swift": "swift", "c": "make", "rust": "cargo"}
AIMS = {"swift": (60, 5)}


def seconds(action):
    began = time.monotonic()
    action()
    return time.monotonic() - began


def measure(language, roost, place):
    environment = {name: value for name, value in os.environ.items() if name != "CARGO_TARGET_DIR"}
    folder = place / language

    def run(*words):
        done = subprocess.run([roost, *words], env=environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"roost {' '.join(words)} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")

    source = ["--roost", str(ROOT)] if language == "swift" else []
    new = seconds(lambda: run("plugin", "new", "quick", "--language", language, "--folder", str(folder), *source))
    cold = seconds(lambda: run("plugin", "build", str(folder)))
    again = []
    for word in ("Hi", "Hey", "Servus"):
        path = folder / SOURCES[language]
        text, count = re.subn("(Hello|Hi|Hey)(?=, )", word, path.read_text())
        if count == 0:
            raise SystemExit(f"expected a greeting to change in {path}, found none: look at the template")
        path.write_text(text)
        again.append(seconds(lambda: run("plugin", "build", str(folder))))
    return new, cold, sorted(again)[1], answer(roost, folder, environment)


def answer(roost, folder, environment):
    """Seconds from the start of a host to the first answer of the built plugin over HTTP."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.monotonic()
    host = subprocess.Popen(
        [roost, "serve", "--config", str(folder / "host.yaml")], env={**environment, "PORT": str(port)},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        call = [roost, "call", "--url", f"http://127.0.0.1:{port}/mcp", "quick", "greet", "name=Ada"]
        while time.monotonic() - began < 60:
            done = subprocess.run(call, env=environment, capture_output=True, text=True)
            if done.returncode == 0 and done.stdout.strip() == "Servus, Ada!":
                return time.monotonic() - began
            time.sleep(0.05)
        raise SystemExit(f"no answer within 60 s: {done.stdout}{done.stderr}")
    finally:
        host.terminate()
        host.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", default=".build/release")
    parser.add_argument("--language", action="append", choices=list(SOURCES), help="default: all three")
    options = parser.parse_args()
    roost = str((ROOT / options.binaries / "roost").resolve())
    print(f"A new plugin on {os.cpu_count()} cores, seconds")
    print(f"{'language':10} {'new':>6} {'first build':>12} {'after a change':>15} {'start to answer':>16}")
    with tempfile.TemporaryDirectory(prefix="roost-authors-") as place:
        for language in options.language or SOURCES:
            if shutil.which(NEEDS[language]) is None:
                print(f"{language:10} skipped: there is no {NEEDS[language]} on this machine")
                continue
            new, cold, again, first = measure(language, roost, Path(place))
            aim = f"   aim: {AIMS[language][0]} and {AIMS[language][1]}" if language in AIMS else ""
            print(f"{language:10} {new:6.2f} {cold:12.1f} {again:15.2f} {first:16.2f}{aim}")


if __name__ == "__main__":
    main()
