"""A stand-in for RunPod's queue in this process, and workers that take its jobs."""
import importlib.util
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

ENDING = ("COMPLETED", "FAILED", "CANCELLED", "TIMED_OUT")

CONFIGURATION = """\
listen: 127.0.0.1:0
data: {data}
plugins_path: ["{binaries}"]
stop_grace: {grace}s
queue: {{ concurrency: {concurrency}, adopt_after: {adopt_after}s, max_result: {max_result}B }}
plugins:
{plugins}
"""


def load_stub(path):
    """The stand-in as a module; it is read where it is."""
    spec = importlib.util.spec_from_file_location("queue_stub", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Queue:
    """A running stand-in: `stub` is its model, `base` its address."""

    def __init__(self, module, **changes):
        options = dict(
            host="127.0.0.1", endpoint="test-endpoint", key="test-key", long_poll=2.0, stream_wait=1.0, worker_timeout=4.0,
            max_retries=1, webhook_delay=0.2, async_retention=1800.0, sync_retention=60.0, max_result_async=10.0,
            max_result_sync=20.0, max_chunk=1.0, trace=None)
        options.update(changes)
        self.module = module
        self.args = type("Options", (), options)()
        self.server, self.stub, self.base = module.start(self.args, port=0)

    def variables(self, worker, ping_ms):
        return self.module.worker_env(self.base, self.args.endpoint, self.args.key, worker, ping_ms)

    def submit(self, given, **members):
        return self.stub.submit({"input": given, **members})

    def job(self, job_id):
        with self.stub.cv:
            return self.stub.jobs[job_id]

    def until(self, holds, what, within=20.0):
        """Waits until something holds under the queue's lock."""
        deadline = time.monotonic() + within
        with self.stub.cv:
            while not holds():
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"not within {within} s: {what}")
                # Not everything the queue notes wakes who waits for it.
                self.stub.cv.wait(min(left, 0.02))

    def ended(self, job, within=20.0):
        self.until(lambda: job.status in ENDING, f"the end of {job.id}, which is {job.status}", within)
        return job

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Worker:
    """A worker as a child process, which is ended by its id."""

    def __init__(self, queue, name, command, directory, ping_ms=200, environment=None):
        self.name = name
        self.log_path = pathlib.Path(directory) / f"{name}.log"
        kept = {key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if key in os.environ}
        with open(self.log_path, "ab") as log:
            self.started = time.monotonic()
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=directory, start_new_session=True,
                env={**kept, "HOME": str(directory), **queue.variables(name, ping_ms), **(environment or {})})

    @property
    def log(self):
        return self.log_path.read_text(errors="replace")

    def signal(self, number):
        self.process.send_signal(number)

    def wait(self, within=20):
        return self.process.wait(within)

    def kill(self):
        """The whole group, as the end of a container does."""
        if self.process.poll() is None or self.process.returncode is None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()


class Roost:
    """Starts Roost as a worker; all of them share one volume."""

    def __init__(self, binaries, directory, concurrency=1, max_result=10_000_000, adopt_after=120, grace=8,
                 plugins=(("handler", "libFixtureHandler.so"), ("everything", "libEverything.so"))):
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.data = self.directory / "var"
        self.command = [str(pathlib.Path(binaries) / "roost"), "serve", "--config", str(self.directory / "host.yaml")]
        (self.directory / "host.yaml").write_text(CONFIGURATION.format(
            data=self.data, binaries=binaries, concurrency=concurrency, max_result=max_result, adopt_after=adopt_after,
            grace=grace, plugins="\n".join(f"  {alias}: {{ library: {library} }}" for alias, library in plugins)))

    def start(self, queue, name, ping_ms=200, **environment):
        return Worker(queue, name, self.command, self.directory, ping_ms, environment)


class Stock:
    """Starts RunPod's own worker, with the handler of the stand-in's self-test."""

    def __init__(self, module, python, directory):
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.command = [str(python), "-u", str(self.directory / "handler.py")]
        (self.directory / "handler.py").write_text(module.SELFTEST_HANDLER)

    def start(self, queue, name, mode="plain", ping_ms=1000, **environment):
        return Worker(queue, name, self.command, self.directory, ping_ms,
                      {"STUB_MODE": mode, "RUNPOD_LOG_LEVEL": "INFO", **environment})


class Workshop:
    """A folder, and the workers and queues of one run; everything ends with it."""

    def __init__(self, module):
        self.module = module
        self.queues = []
        self.workers = []

    def __enter__(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="roost-queue-"))
        return self

    def __exit__(self, *_):
        for worker in self.workers:
            worker.kill()
        for queue in self.queues:
            queue.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def queue(self, **changes):
        self.queues.append(Queue(self.module, **changes))
        return self.queues[-1]

    def running(self, worker):
        self.workers.append(worker)
        return worker
