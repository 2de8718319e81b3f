#!/usr/bin/env python3
"""What callers and neighbours see of plugins that crash and are reloaded: `make bench-faults`.

    Benchmarks/faults.py [--binaries .build/release] [--times 100] [--seconds 20] [--dev]

One host, three plugins in cells of their own. While 32 connections call a healthy one without a pause, its neighbour is killed with SIGKILL,
runs into a trap, and is reloaded, `times` times each; undisturbed spans stand before, between and after, as the peer of
the disturbed ones. Then 32 connections call a plugin that keeps a counter while it is reloaded itself: every call must be
answered, and every increment be there once. With --dev, a source line of a Swift plugin is saved under `roost dev`.
Ends with 1 when a call failed or got lost. Everything also goes to .build/bench-faults.json.
"""
import argparse
import contextlib
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import eras
import load
import processes
from servers import ROOT, Server

CONNECTIONS = 32
MODERN = eras.eras()[0]
MARK = b"@roost-fixture-settings@ "

CONFIGURATION = """\
listen: 127.0.0.1:{port}
data: {directory}/var
plugins_path: ["{binaries}"]
plugins:
  echo:
    library: libEcho.so
  neighbour:
    library: {directory}/libNeighbour.so
    limits: {{ concurrency: 64 }}
    restart: {{ max: 1000, within: 1s, backoff: 1ms..2ms }}
  vices:
    library: libFixtureFaults.so
    restart: {{ max: 1000, within: 1s, backoff: 1ms..2ms }}
"""


class Faulty(Server):
    """The host with a healthy plugin, one that is reloaded, and one with vices."""

    def __init__(self, directory, binaries):
        super().__init__("roost", directory)
        self.binaries = pathlib.Path(binaries).resolve()
        self.source = (self.binaries / "libFixtureVersions.so").read_bytes()
        self.versions = 0
        self.write_version()
        self.configuration = self.directory / "host.yaml"
        self.configuration.write_text(CONFIGURATION.format(
            port=self.port, directory=self.directory, binaries=self.binaries))

    def command(self):
        return [str(self.binaries / "roost"), "serve", "--config", str(self.configuration)]

    def write_version(self):
        """The neighbour's library as another version: the fixture reads its settings from its own file."""
        self.versions += 1
        settings = f"version={self.versions};tool=;vice=;".encode()
        start = self.source.index(MARK) + len(MARK)
        place = self.directory / "libNeighbour.so"
        fresh = place.with_suffix(".new")
        fresh.write_bytes(self.source[:start] + settings + self.source[start + len(settings):])
        fresh.rename(place)

    def reload(self):
        """Has the host load the version on disk; its report."""
        self.write_version()
        connection = http.client.HTTPConnection("localhost")
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.settimeout(60)
        connection.sock.connect(str(self.directory / "var/roost.sock"))
        connection.request("POST", "/admin/plugins/neighbour/reload", b"")
        answer = json.loads(connection.getresponse().read())
        connection.close()
        report = answer["plugins"][0]
        if report["outcome"] != "reloaded":
            raise SystemExit(f"not reloaded: {answer}")
        return report

    def cell(self, name):
        """The process that holds a plugin; None while there is none."""
        for pid in processes.descendants(self.process.pid):
            with contextlib.suppress(OSError):
                words = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
                if name.encode() in words:
                    return pid
        return None


def call(connection, alias, tool):
    """Calls a tool without arguments; its text, or an exception that says what came instead."""
    body = json.loads(MODERN.body)
    body["params"] |= {"name": tool, "arguments": {}}
    headers = MODERN.headers | {"Mcp-Name": tool}
    connection.request("POST", f"/mcp/{alias}", json.dumps(body), headers)
    response = connection.getresponse()
    text = response.read()
    answer = json.loads(text)
    if response.status != 200 or "result" not in answer:
        raise eras.NoAnswer(f"{response.status} {text[:300]!r}")
    return answer["result"]["content"][0]["text"]


def client(server):
    return http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)


def kill(server):
    """Ends the neighbour's process, and calls it until it is back."""
    pid = server.cell("neighbour")
    if pid:
        os.kill(pid, signal.SIGKILL)
    until_answered(server, "neighbour", "version")


def trap(server):
    """Has a plugin run into a trap, as a Swift precondition does; the call is its own, and fails."""
    with contextlib.suppress(eras.NoAnswer, OSError, KeyError, http.client.HTTPException):
        call(client(server), "vices", "trap")
    until_answered(server, "vices", "answer")


def until_answered(server, alias, tool):
    deadline = time.monotonic() + 30
    while True:
        try:
            return call(client(server), alias, tool)
        except (eras.NoAnswer, KeyError) as error:
            if time.monotonic() > deadline:
                raise SystemExit(f"{alias} does not come back: {error}")
            time.sleep(0.002)


def span(server, seconds, directory, disturb=None, times=0):
    """One span of load on the healthy plugin; `disturb` happens `times` times, spread over it."""
    done, faults = [], []

    def disturbing():
        began = time.monotonic()
        for index in range(times):
            time.sleep(max(0, began + (seconds - 1) * index / times - time.monotonic()))
            try:
                disturb(server)
                done.append(index)
            except BaseException as error:
                faults.append(f"{type(error).__name__}: {error}")
                return

    thread = threading.Thread(target=disturbing)
    if disturb:
        thread.start()
    seen = load.run(server, MODERN.headers, MODERN.body, CONNECTIONS, seconds, directory)
    if disturb:
        thread.join()
        if faults:
            raise SystemExit(f"after {len(done)} disturbances: {faults[0]}")
    return seen


def reloaded_itself(server, times):
    """Calls the neighbour on 32 connections while it is reloaded; answers, failures, reports."""
    numbers, failures, reports = [], [], []
    over = threading.Event()

    def calling():
        connection = client(server)
        while not over.is_set():
            try:
                numbers.append(int(call(connection, "neighbour", "add")))
            except Exception as error:
                failures.append(f"{type(error).__name__}: {error}")
                connection = client(server)

    start = int(call(client(server), "neighbour", "count"))
    threads = [threading.Thread(target=calling) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for _ in range(times):
        reports.append(server.reload())
    over.set()
    for thread in threads:
        thread.join()
    end = int(call(client(server), "neighbour", "count"))
    lost = (end - start) - len(numbers)
    repeated = len(numbers) - len(set(numbers))
    return {"calls": len(numbers), "failures": failures, "lost": lost, "repeated": repeated, "reports": reports}


def dev(binaries, directory, port):
    """Saves a source line of Everything under `roost dev`; build, reload and first answer, in milliseconds."""
    source = ROOT / "Plugins/Everything/Server/EverythingServer.swift"
    text = source.read_text()
    log = pathlib.Path(directory) / "dev.log"
    command = [str(pathlib.Path(binaries).resolve() / "roost"), "dev", str(ROOT / "Plugins/Everything"), "--port", str(port)]
    measured = []

    def wait(pattern, count):
        deadline = time.monotonic() + 900
        while len(found := re.findall(pattern, log.read_text(errors="replace"))) < count:
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"roost dev: {log.read_text()[-2000:]}")
            time.sleep(0.01)
        return found[-1]

    with open(log, "wb") as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        try:
            wait(r"watching ", 1)
            version = re.search(r'version: "([^"]+)"', text)[1]
            for index in range(1, 4):
                source.write_text(text.replace(f'version: "{version}"', f'version: "{version}-dev.{index}"', 1))
                answer = wait(r"first answer ([\d.]+) (m?s)", index)
                build, reload = re.findall(r"built in ([\d.]+ m?s), reloaded in ([\d.]+ m?s)", log.read_text())[-1]
                measured.append({"build": build, "reload": reload, "first answer": " ".join(answer)})
        finally:
            source.write_text(text)
            process.terminate()
            process.wait(timeout=30)
    return measured


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", default=str(ROOT / ".build/release"))
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--dev", action="store_true", help="measure roost dev with a Swift plugin too")
    options = parser.parse_args()
    results, is_good = {}, True
    with tempfile.TemporaryDirectory(prefix="roost-faults-") as directory:
        server = Faulty(directory, options.binaries).start()
        try:
            until_answered(server, "neighbour", "version")
            until_answered(server, "vices", "answer")
            eras.checked(eras.post(server.port, MODERN.headers, MODERN.body))
            times, seconds = options.times, options.seconds
            print(f"{CONNECTIONS} connections on the healthy plugin, {seconds} s each; load average {os.getloadavg()[0]:.2f}")
            print(f"{'while its neighbour':<34} {'calls/s':>9} {'p50 µs':>8} {'p99 µs':>8} {'× p99':>6} {'failed or lost':>15}")
            spans = []
            for name, disturb in [("rests", None), (f"is killed {times} times", kill), ("rests again", None),
                                  (f"traps {times} times", trap), ("rests again", None),
                                  (f"is reloaded {times} times", Faulty.reload), ("rests again", None)]:
                seen = span(server, seconds, directory, disturb, times if disturb else 0)
                spans.append((name, disturb is not None, seen))
            quiet = statistics.median(seen.p99_us for _, disturbed, seen in spans if not disturbed)
            for name, disturbed, seen in spans:
                ratio = seen.p99_us / quiet
                is_good = is_good and seen.failures == 0
                print(f"{name:<34} {seen.calls_per_second:>9,.0f} {seen.p50_us:>8,} {seen.p99_us:>8,} {ratio:>6.2f} {seen.failures:>15}")
                results.setdefault("spans", []).append({"while": name, "ratio": ratio} | vars(seen))
            own = reloaded_itself(server, times)
            total = sorted(report["milliseconds"] for report in own["reports"])
            hold = sorted(report.get("holdMilliseconds", 0) for report in own["reports"])
            print(f"\nunder load itself: {times} reloads, {own['calls']:,} calls, {len(own['failures'])} failed,"
                  f" {own['lost']} increments lost, {own['repeated']} told twice")
            print(f"a reload takes {statistics.median(total):.0f} ms (to {total[-1]:.0f}), of which calls are held"
                  f" {statistics.median(hold):.1f} ms (to {hold[-1]:.0f}) for the state")
            for failure in own["failures"][:3]:
                print(f"  {failure}")
            is_good = is_good and not own["failures"] and own["lost"] == 0 and own["repeated"] == 0
            results["itself"] = own
        finally:
            server.stop()
        if options.dev:
            results["dev"] = dev(options.binaries, directory, server.port)
            print("\nroost dev, a saved line of a Swift plugin:")
            for seen in results["dev"]:
                print("  " + ", ".join(f"{name} {value}" for name, value in seen.items()))
    (ROOT / ".build/bench-faults.json").write_text(json.dumps(results, indent=1))
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
