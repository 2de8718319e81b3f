#!/usr/bin/env python3
"""Many jobs while everything breaks: connections are cut at random, workers killed and stopped.

    chaos.py STUB --binaries .build/release [--jobs 1000] [--kills 10] [--stops 10] [--seed 1]

Afterwards every job has ended, and each in one of these ways: its output came exactly once, or it was visibly handed back.
Prints one JSON object with the figures; ends with 0 when nothing was lost.
"""
import argparse
import collections
import json
import random
import select
import signal
import socket
import sys
import threading
import time

from workers import ENDING, Roost, Workshop, load_stub


class CuttingProxy:
    """Stands between workers and the queue, and cuts some connections wherever they happen to be."""

    def __init__(self, port, generator, share):
        self.target, self.generator, self.share = port, generator, share
        self.lock = threading.Lock()
        self.cut = self.connections = 0
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def budget(self):
        """Bytes until the cut; None: never."""
        with self.lock:
            return self.generator.randrange(1, 6_000) if self.generator.random() < self.share else None

    def carry(self, client):
        left = self.budget()
        try:
            with client, socket.create_connection(("127.0.0.1", self.target)) as server:
                other = {client: server, server: client}
                open_sides = {client, server}
                while open_sides:
                    for side in select.select(list(open_sides), [], [])[0]:
                        piece = side.recv(65_536)
                        if not piece:
                            open_sides.discard(side)
                            other[side].shutdown(socket.SHUT_WR)
                            continue
                        if left is not None and len(piece) >= left:
                            other[side].sendall(piece[:left - 1])
                            self.cut += 1
                            # With a reset, as a broken middlebox does.
                            for end in (client, server):
                                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                            return
                        if left is not None:
                            left -= len(piece)
                        other[side].sendall(piece)
        except OSError:
            pass

    def stop(self):
        self.listener.close()


def count_accepted(stub):
    """How often the queue took a result of each job as its last one."""
    accepted = collections.Counter()
    inner = stub.done

    def done(wid, job_id, query, body, size):
        with stub.cv:
            code, text = inner(wid, job_id, query, body, size)
        if code == 200 and isinstance(body, dict) and body.get("status") != "IN_PROGRESS":
            accepted[job_id] += 1
        return code, text
    stub.done = done
    return accepted


def judge(jobs, accepted):
    """What became of the jobs; everything under `lost` must not be."""
    became, lost = collections.Counter(), []
    for number, job in enumerate(jobs):
        if job.status == "COMPLETED" and job.output == {"echo": {"n": number, "sleep": job.body["input"]["sleep"]}}:
            became["delivered once" if accepted[job.id] == 1 else "delivered more than once"] += 1
            if accepted[job.id] != 1:
                lost.append((job.id, accepted[job.id]))
            continue
        kind = None
        if job.status == "FAILED":
            try:
                kind = json.loads(job.error)["error_type"]
            except ValueError:
                kind = job.error
        if kind in ("WorkerStopping", "WorkerLost"):
            became[f"handed back ({kind})"] += 1
        elif kind and kind.startswith("job timed out after"):
            became["given up by the queue after its retries"] += 1
        else:
            became["lost"] += 1
            lost.append((job.id, job.view()))
    return became, lost


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stub")
    parser.add_argument("--binaries", required=True)
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--stops", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cut", type=float, default=0.3, help="share of connections that are cut")
    parser.add_argument("--within", type=float, default=300, help="seconds for everything")
    options = parser.parse_args()
    generator = random.Random(options.seed)
    module = load_stub(options.stub)
    began = time.monotonic()
    with Workshop(module) as shop:
        queue = shop.queue(worker_timeout=1.5, max_retries=3, long_poll=1.0)
        stub = queue.stub
        accepted = count_accepted(stub)
        proxy = CuttingProxy(queue.server.server_port, random.Random(options.seed + 1), options.cut)
        direct, queue.base = queue.base, f"http://127.0.0.1:{proxy.port}"
        host = Roost(options.binaries, shop.directory / "host", concurrency=8, adopt_after=1, grace=4)
        ends = ["kill"] * options.kills + ["stop"] * options.stops
        generator.shuffle(ends)
        jobs = [queue.submit(handle(number, generator)) for number in range(options.jobs)]
        step = options.jobs / (len(ends) + 1)
        generation = 0
        worker = shop.running(host.start(queue, f"w{generation}", ping_ms=300))
        for place, end in enumerate(ends):
            goal = int(step * (place + 1))
            queue.until(lambda: sum(job.status in ENDING for job in jobs) >= goal, f"{goal} ended jobs", options.within)
            if end == "kill":
                # What was killed comes back as another worker, as a container does, on the same volume.
                worker.kill()
                generation += 1
            else:
                worker.signal(signal.SIGTERM)
                status = worker.wait(30)
                if status != 0:
                    raise SystemExit(f"SIGTERM ended a worker with status {status}:\n{worker.log[-2000:]}")
            worker = shop.running(host.start(queue, f"w{generation}", ping_ms=300))
        # The answer to a take that was cut on its way leaves its jobs with a worker that never saw them, and for the queue that
        # worker lives: only its end gives them back, as when a platform takes an idle worker away.
        replaced = 0
        while True:
            ended = sum(job.status in ENDING for job in jobs)
            try:
                queue.until(
                    lambda: sum(job.status in ENDING for job in jobs) > ended or ended == len(jobs), "another end of a job", 4)
                if ended == len(jobs):
                    break
            except AssertionError:
                if time.monotonic() - began > options.within:
                    raise
                worker.signal(signal.SIGTERM)
                worker.wait(30)
                generation += 1
                replaced += 1
                worker = shop.running(host.start(queue, f"w{generation}", ping_ms=300))
        worker.signal(signal.SIGTERM)
        worker.wait(30)
        became, lost = judge(jobs, accepted)
        left = sum(1 for _ in (host.data / "queue").glob("*.sqlite"))
        queue.base = direct
        proxy.stop()
        print(json.dumps({
            "jobs": options.jobs, "kills": options.kills, "stops": options.stops, "seed": options.seed,
            "connections": proxy.connections, "cut": proxy.cut, "seconds": round(time.monotonic() - began, 1),
            "became": became, "dispatched again": sum(job.retries for job in jobs),
            "results the queue had already": sum("second final" in text for text in stub.violations),
            "workers replaced at the end": replaced, "spools at the end": left, "lost": lost[:5],
        }))
        sys.exit(1 if lost else 0)


def handle(number, generator):
    return {"action": "handle", "n": number, "sleep": round(generator.random() * 0.05, 3)}


if __name__ == "__main__":
    main()
