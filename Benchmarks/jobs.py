#!/usr/bin/env python3
"""A worker of a RunPod queue: Roost beside RunPod's own, against the same stand-in for the queue, in one run.

    Benchmarks/jobs.py [STUB] [--binaries .build/release] [--quick] [--chaos]

Prints jobs a second at 1, 4 and 32 jobs in flight, the time from exec to the first take, resident memory, and how often an empty
queue is asked. `--chaos` adds a run of 1,000 jobs with cut connections, kills and stops. Everything also goes to .build/queue.json.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import time

import processes

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests/Support/QueueTesting"))

from workers import ENDING, Roost, Stock, Workshop, load_stub  # noqa: E402

HANDLER = '''
import asyncio, os, runpod

async def handler(job):
    return {"echo": job["input"]}

config = {"handler": handler}
if int(os.environ["IN_FLIGHT"]) > 1:
    config["concurrency_modifier"] = lambda current: int(os.environ["IN_FLIGHT"])
runpod.serverless.start(config)
'''


def resident(pid):
    return sum(processes.resident_megabytes(each) for each in [pid, *processes.descendants(pid)])


class Peer:
    """One kind of worker: how it is started with so many jobs in flight, and what its jobs look like."""

    def __init__(self, name, start, form):
        self.name, self.start, self.form = name, start, form


def first_take(module, peer):
    """Milliseconds from exec to the first take."""
    with Workshop(module) as shop:
        queue = shop.queue(long_poll=5.0)
        worker = shop.running(peer.start(shop, queue, 1))
        queue.until(lambda: queue.stub.takes, "the first take", 30)
        # The queue notes it in milliseconds of the wall clock; the worker was started at a moment of the other clock.
        ago = time.time() * 1000 - queue.stub.takes[0]["t"]
        return (time.monotonic() - worker.started) * 1000 - ago


def throughput(module, peer, in_flight, jobs):
    """Jobs a second from the first submission to the last result, the worker being warm, and its memory then."""
    with Workshop(module) as shop:
        queue = shop.queue(long_poll=5.0)
        worker = shop.running(peer.start(shop, queue, in_flight))
        queue.ended(queue.submit(peer.form(0)), 60)
        began = time.monotonic()
        waiting = [queue.submit(peer.form(number)) for number in range(jobs)]
        queue.until(lambda: all(job.status in ENDING for job in waiting), f"{jobs} jobs of {peer.name}", 120)
        seconds = time.monotonic() - began
        failed = [job.view() for job in waiting if job.status != "COMPLETED"]
        if failed:
            raise SystemExit(f"{peer.name}: {failed[0]}")
        return jobs / seconds, seconds, resident(worker.process.pid)


def empty_rate(module, peer, hold, seconds):
    """Takes a second of an idle worker at a queue that holds polls for so long."""
    with Workshop(module) as shop:
        queue = shop.queue(long_poll=hold)
        worker = shop.running(peer.start(shop, queue, 1))
        queue.ended(queue.submit(peer.form(0)), 60)
        time.sleep(1)
        before = len(queue.stub.takes)
        time.sleep(seconds)
        return (len(queue.stub.takes) - before) / seconds, resident(worker.process.pid)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stub", type=pathlib.Path, nargs="?", default=ROOT.parent / "shared/tools/queue_stub.py")
    parser.add_argument("--binaries", type=pathlib.Path, default=ROOT / ".build/release")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--chaos", action="store_true")
    options = parser.parse_args()
    if not options.stub.exists():
        print(f"no queue to measure against: {options.stub} is not there")
        return
    module = load_stub(options.stub)
    binaries = options.binaries.resolve()
    python = ROOT / ".build/venv-runpod/bin/python"

    def start_roost(shop, queue, in_flight):
        return Roost(binaries, shop.directory / "roost", concurrency=in_flight, plugins=[("echo", "libEcho.so")]).start(
            queue, "roost", ping_ms=1000)

    def start_stock(shop, queue, in_flight):
        stock = Stock(module, python, shop.directory / "stock")
        (stock.directory / "handler.py").write_text(HANDLER)
        return stock.start(queue, "stock", IN_FLIGHT=str(in_flight))

    peers = [Peer("Roost", start_roost, lambda number: {"server": "echo", "tool": "echo", "arguments": {"text": str(number)}})]
    if python.exists():
        peers.append(Peer("runpod-python 1.12", start_stock, lambda number: {"text": str(number)}))
    figures = {peer.name: {} for peer in peers}

    def row(what, form, values):
        for name, value in zip(figures, values):
            figures[name][what] = value
        print(f"  {what:<44}" + "".join(f"{form.format(value):>22}" for value in values), flush=True)

    print("a worker of a RunPod queue\n  " + " " * 44 + "".join(f"{peer.name:>22}" for peer in peers))
    starts = 2 if options.quick else 5
    row("exec to the first take, ms", "{:,.1f}",
        [statistics.median(first_take(module, peer) for _ in range(starts)) for peer in peers])
    for in_flight in (1, 4, 32):
        count = {1: 20, 4: 80, 32: 320}[in_flight]
        results = [throughput(module, peer, in_flight, count if peer.name == "Roost" else min(count, 20 * in_flight))
                   for peer in peers]
        row(f"jobs a second, {in_flight} in flight", "{:,.1f}", [result[0] for result in results])
        if in_flight == 1:
            row("seconds for 20 empty jobs, 1 in flight", "{:.3f}", [result[1] for result in results])
        if in_flight == 32:
            row("resident memory then, all processes, MB", "{:.1f}", [result[2] for result in results])
    span = 2 if options.quick else 6
    held = [empty_rate(module, peer, 2.0, span) for peer in peers]
    row("takes a second, empty queue that holds for 2 s", "{:,.2f}", [rate for rate, _ in held])
    row("resident memory, idle, all processes, MB", "{:.1f}", [memory for _, memory in held])
    row("takes a second, empty queue that does not hold", "{:,.1f}",
        [empty_rate(module, peer, 0.0, span)[0] for peer in peers])
    for what, goal in (("seconds for 20 empty jobs, 1 in flight", 0.2), ("exec to the first take, ms", 50)):
        measured = figures["Roost"][what]
        print(f"  {'✔' if measured < goal else '✘'} {what}: goal < {goal}, measured {measured:.3f}")
    if options.chaos:
        result = subprocess.run(
            [sys.executable, str(ROOT / "Tests/Support/QueueTesting/chaos.py"), str(options.stub), "--binaries", str(binaries)],
            stdout=subprocess.PIPE, text=True)
        print(f"  {'✔' if result.returncode == 0 else '✘'} {result.stdout.strip()}")
        figures["chaos"] = json.loads(result.stdout or "null")
    (ROOT / ".build/queue.json").write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
