"""A host under test: its configuration in a directory of its own, its process, its log."""
import contextlib
import http.client
import pathlib
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]

PLUGINS = {"echo": "libEcho.so", "memory": "libMemory.so", "everything": "libEverything.so"}

CONFIGURATION = """\
listen: 127.0.0.1:{port}
data: {directory}/var
plugins_path: ["{binaries}"]
plugins:
{plugins}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def write_configuration(directory, binaries, port):
    """Writes host.yaml into `directory` and returns its path."""
    path = pathlib.Path(directory) / "host.yaml"
    plugins = "\n".join(f"  {alias}:\n    library: {library}" for alias, library in PLUGINS.items())
    path.write_text(CONFIGURATION.format(port=port, directory=directory, binaries=binaries, plugins=plugins))
    return path


class HostDidNotStart(Exception):
    """The host ended, or did not answer in time. The text holds the end of its log."""


@contextlib.contextmanager
def serving(directory, binaries, within_seconds=30):
    """Starts `roost serve` and yields its base URL once /ping answers 200; ends it by SIGTERM afterwards."""
    port = free_port()
    configuration = write_configuration(directory, binaries, port)
    log_path = pathlib.Path(directory) / "host.log"
    with open(log_path, "wb") as log:
        process = subprocess.Popen(
            [str(binaries / "roost"), "serve", "--config", str(configuration)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_until_ready(process, port, log_path, within_seconds)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_ready(process, port, log_path, within_seconds):
    deadline = time.monotonic() + within_seconds
    last = "no connection"
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise HostDidNotStart(f"roost serve ended with status {process.returncode}:\n{tail(log_path)}")
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/ping")
            last = f"status {connection.getresponse().status}"
            connection.close()
            if last == "status 200":
                return
        except OSError as error:
            last = str(error)
        time.sleep(0.01)  # between two looks at the event, not in place of it
    raise HostDidNotStart(f"expected 200 from /ping within {within_seconds} s, found {last}:\n{tail(log_path)}")


def tail(path, lines=15):
    return "\n".join(pathlib.Path(path).read_text(errors="replace").splitlines()[-lines:])
