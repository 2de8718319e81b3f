#!/usr/bin/env python3
"""What a queue worker must do, checked against a stand-in for RunPod's queue: Roost beside RunPod's own worker.

    checks.py STUB --binaries .build/debug [--stock .build/venv-runpod/bin/python]

Prints a JSON line for each check: who, what, whether, and the facts. Ends with 0 when Roost passes all of them and RunPod's own
worker those that its documentation promises.
"""
import argparse
import concurrent.futures
import json
import os
import signal
import sys
import threading
import time
import traceback
import urllib.parse

from workers import ENDING, Roost, Stock, Workshop, load_stub

LINES = threading.Lock()


class Report:
    def __init__(self, who):
        self.who = who
        self.failures = 0

    def check(self, what, holds, facts=""):
        self.failures += 0 if holds else 1
        with LINES:
            print(json.dumps({"who": self.who, "check": what, "holds": bool(holds), "facts": str(facts)[:600]}), flush=True)


def handle(**arguments):
    return {"action": "handle", **arguments}


STREAM = {
    "server": "everything", "jsonrpc": "2.0", "id": 1, "method": "tools/call",
    "params": {"name": "test_tool_with_progress", "arguments": {}, "_meta": {"progressToken": 1}},
}


def common(report, queue, worker, form):
    """What both kinds of workers do alike."""
    stub = queue.stub
    job = queue.ended(queue.submit(form(a=1)), 30)
    report.check("a job's output is the handler's", job.status == "COMPLETED" and job.output == {"echo": {"a": 1}}, job.view())
    take = stub.takes[0]
    report.check("one job is taken with job_in_progress=0", not take["batch"] and take["job_in_progress"] == "0", take)
    job = queue.ended(queue.submit(form(**{"raise": 1})))
    keys = sorted(json.loads(job.error or "{}"))
    report.check("a failure is a text with six members", job.status == "FAILED" and keys == [
        "error_message", "error_traceback", "error_type", "hostname", "runpod_version", "worker_id"], job.error)
    job = queue.ended(queue.submit(form(error="bad input")))
    report.check("a returned error makes the job FAILED, the rest is its output",
                 job.status == "FAILED" and job.error == "bad input" and job.output == {"detail": 1}, job.view())
    job = queue.submit(form(progress="half", sleep=0.5))
    queue.until(lambda: job.has_progress, "progress")
    report.check("progress is the output while the job runs", "half" in json.dumps(job.progress), job.view())
    report.check("... and the job completes", queue.ended(job).status == "COMPLETED", job.view())
    queue.until(lambda: any("job_id" not in ping["query"] for ping in stub.pings), "a heartbeat without jobs")
    job = queue.submit(form(sleep=1.5))
    queue.until(lambda: any(ping["query"].get("job_id") == job.id for ping in stub.pings), "a heartbeat with the job")
    report.check("heartbeats name the job, and the version",
                 all("runpod_version" in ping["query"] for ping in stub.pings), stub.pings[-1])
    queue.ended(job)


def check_stock(report, module, python, directory):
    with Workshop(module) as shop:
        queue = shop.queue()
        worker = shop.running(Stock(module, python, shop.directory).start(queue, "stock"))
        common(report, queue, worker, lambda **arguments: arguments)
        odd = list(queue.stub.violations)
        report.check("no violation of the protocol", not odd, odd)


def check_basics(report, module, binaries):
    with Workshop(module) as shop:
        queue = shop.queue()
        stub = queue.stub
        host = Roost(binaries, shop.directory / "host", max_result=20_000)
        worker = shop.running(host.start(queue, "basics"))
        common(report, queue, worker, handle)

        stub.scripts["done"] = [500, "close", 502, 400, 408]
        job = queue.ended(queue.submit(handle(b=1)))
        report.check("a result is sent until the queue has it: 500, a cut connection, 502, 400, 408",
                     job.status == "COMPLETED" and job.output == {"echo": {"b": 1}} and job.done_posts == 1, job.view())

        stub.scripts["take"] = [400, 500, "close"]
        job = queue.ended(queue.submit(handle(c=1)))
        report.check("400, 500 and a cut connection of a take are survived", job.status == "COMPLETED", job.view())

        stub.long_poll = 0.0
        queue.until(lambda: len(stub.takes) > 0, "a take")
        time.sleep(0.7)  # the measured span begins once pauses have grown
        before = len(stub.takes)
        time.sleep(1.5)
        rate = (len(stub.takes) - before) / 1.5
        report.check("a queue that does not hold polls is not hammered", rate <= 4, f"{rate:.1f} takes/s")
        stub.long_poll = 2.0

        for raw in ({"id": "no-input"}, {"id": "null-input", "input": None}):
            job = stub.submit({}, raw=raw)
            queue.ended(job)
            report.check(f"a job without input is answered: {raw}", job.status == "FAILED" and "A valid job" in job.error, job.error)

        job = queue.submit(handle(sleep=60))
        queue.until(lambda: job.status == "IN_PROGRESS", "the dispatch")
        # At once: a stop that meets a job which has hardly begun.
        with stub.cv:
            stub.finish(job, "CANCELLED")
        follow = queue.ended(queue.submit(handle(d=1)), 10)
        report.check("a cancel right after the dispatch frees the worker", follow.status == "COMPLETED", follow.view())
        report.check("a stopped job posts no result", job.done_posts == 0 and job.stop_sent, job.view())

        job = queue.ended(queue.submit(handle(size=60_000)))
        uri = ((job.output or {}).get("roost_reference") or {}).get("uri", "")
        path = urllib.parse.urlsplit(uri).path
        kept = json.load(open(path)) if os.path.exists(path) else {}
        report.check("a result that is too long is kept on the volume, and the job says where",
                     job.status == "COMPLETED" and len(kept.get("text", "")) == 60_000, job.output)

        job = queue.submit(STREAM)
        chunks = []
        while job.status not in ENDING or job.drained < len(job.chunks):
            chunks += stub.drain(job, 1000)["stream"]
        report.check("a stream's parts come in order, and the result says that there was a stream",
                     job.status == "COMPLETED" and job.final_is_stream is True
                     and [part["output"]["params"]["progress"] for part in chunks] == [0, 50, 100], chunks)

        lines = [json.loads(line) for line in worker.log.splitlines() if line.startswith("{")]
        report.check("log lines are JSON with the job's id", any(
            line["requestId"] == job.id and set(line) == {"requestId", "message", "level"} for line in lines), lines[-1:])

        job = queue.ended(queue.submit(handle(refresh=1)))
        report.check("refresh_worker asks for a fresh worker and is not in the output",
                     job.output == {"kept": 1} and stub.worker("basics")["stop_requested"], job.view())
        report.check("no violation of the protocol", not stub.violations, stub.violations)


def check_ends(report, module, binaries):
    with Workshop(module) as shop:
        queue = shop.queue(worker_timeout=1.5)
        stub = queue.stub
        host = Roost(binaries, shop.directory / "host")

        worker = shop.running(host.start(queue, "lost"))
        job = queue.submit(handle(sleep=60))
        queue.until(lambda: job.status == "IN_PROGRESS", "the dispatch")
        queue.until(lambda: (host.data / "queue/lost.sqlite").exists(), "the spool")
        worker.kill()
        queue.until(lambda: job.status == "IN_QUEUE", "the queue to notice that the worker is gone")
        with stub.cv:
            job.input = handle(second="try")
        worker = shop.running(host.start(queue, "second"))
        queue.ended(job)
        report.check("a job of a killed worker is done by the next one",
                     job.status == "COMPLETED" and job.retries == 1, job.view())

        job = queue.submit(handle(sleep=1.0))
        queue.until(lambda: job.status == "IN_PROGRESS", "the dispatch")
        worker.signal(signal.SIGTERM)
        status = worker.wait()
        report.check("after SIGTERM the running job is finished, then the worker ends with 0",
                     job.status == "COMPLETED" and status == 0, f"{job.view()}, status {status}")

        stub.long_poll = 6.0
        worker = shop.running(host.start(queue, "late"))
        queue.until(lambda: any(take["worker"] == "late" for take in stub.takes), "a take")
        worker.signal(signal.SIGTERM)
        began = time.monotonic()
        status = worker.wait()
        took = time.monotonic() - began
        late = queue.submit(handle(late=1))
        report.check("the open take is given up at once", status == 0 and took < 4, f"{took:.2f} s, status {status}")
        worker = shop.running(host.start(queue, "next"))
        queue.ended(late)
        report.check("a job that comes then is not lost", late.status == "COMPLETED" and late.worker == "next", late.view())

        # The same worker again, after it was killed with a job in its hands.
        job = queue.submit(handle(sleep=60))
        queue.until(lambda: (host.data / "queue/next.sqlite").exists() and job.status == "IN_PROGRESS", "the dispatch")
        time.sleep(0.3)  # until the job is written down, which nothing outside shows
        worker.kill()
        worker = shop.running(host.start(queue, "next"))
        queue.ended(job)
        report.check("a worker that comes back hands back what it worked on",
                     job.status == "FAILED" and json.loads(job.error)["error_type"] in ("WorkerLost",)
                     or job.retries > 0, job.view())
        # A result that the queue did not take survives the worker.
        stub.scripts["done"] = [503] * 50
        job = queue.submit(handle(kept="here"))
        queue.until(lambda: len(stub.scripts["done"]) < 49, "two tries")
        worker.kill()
        stub.scripts["done"] = []
        worker = shop.running(host.start(queue, "next"))
        queue.ended(job)
        report.check("a result that was not delivered is delivered by the next process",
                     job.status == "COMPLETED" and job.output == {"echo": {"kept": "here"}}, job.view())


def check_many(report, module, binaries):
    with Workshop(module) as shop:
        queue = shop.queue(long_poll=5.0)
        stub = queue.stub
        stub.scripts["take"] = [429]
        jobs = [queue.submit(handle(sleep=1)) for _ in range(4)]
        began = time.monotonic()
        shop.running(Roost(binaries, shop.directory / "host", concurrency=4).start(queue, "many"))
        for job in jobs:
            queue.ended(job)
        report.check("429 is followed by five seconds of rest", time.monotonic() - began > 5, time.monotonic() - began)
        takes = [take for take in stub.takes if take["worker"] == "many"]
        report.check("four free slots are one take of four, and the jobs overlap",
                     takes[0]["batch"] and takes[0]["batch_size"] == 4
                     and max(job.started for job in jobs) < min(job.finished for job in jobs), takes[0])
        job = queue.submit(handle(sleep=0.5))
        queue.until(lambda: any(take["job_in_progress"] == "1" for take in stub.takes), "a take while busy")
        report.check("free slots are used while others are busy", True)
        queue.ended(job)
        report.check("no violation of the protocol", not stub.violations, stub.violations)


def check_pause(report, module, binaries):
    with Workshop(module) as shop:
        queue = shop.queue(worker_timeout=60)
        worker = shop.running(Roost(binaries, shop.directory / "host").start(queue, "paused"))
        queue.ended(queue.submit(handle(a=1)), 30)
        worker.signal(signal.SIGSTOP)
        time.sleep(7)  # how long a platform may stop a worker is a span of time, not an event
        worker.signal(signal.SIGCONT)
        queue.until(lambda: "this process was stopped for" in worker.log, "the worker to notice its pause")
        job = queue.ended(queue.submit(handle(b=1)), 10)
        report.check("a worker that was stopped for a while notices it and works on", job.status == "COMPLETED", job.view())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stub")
    parser.add_argument("--binaries", required=True)
    parser.add_argument("--stock", help="the Python that has RunPod's SDK")
    options = parser.parse_args()
    module = load_stub(options.stub)
    roost = Report("roost")
    work = [(roost, check, (module, options.binaries)) for check in (check_basics, check_ends, check_many, check_pause)]
    if options.stock:
        work.append((Report("stock"), check_stock, (module, options.stock, None)))

    def run(report, check, arguments):
        try:
            check(report, *arguments)
        except Exception:
            report.check(f"{check.__name__} runs to its end", False, traceback.format_exc()[-600:])

    with concurrent.futures.ThreadPoolExecutor(len(work)) as pool:
        list(pool.map(lambda item: run(*item), work))
    sys.exit(1 if any(report.failures for report, _, _ in work) else 0)


if __name__ == "__main__":
    main()
