"""The servers under measurement: each is a command, a port, and what /proc says of it."""
import pathlib
import socket
import subprocess
import time

import eras
import processes

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent

ROOST_CONFIGURATION = """\
listen: 127.0.0.1:{port}
data: {directory}/var
plugins_path: ["{binaries}"]
plugins:
  echo:
    library: libEcho.so
    process: {process}
"""

# Headers that nginx writes by itself, or that belong to one connection and not to the answer.
NGINX_WRITES = {"content-length", "content-type", "date", "server", "connection", "keep-alive", "transfer-encoding"}

NGINX_CONFIGURATION = """\
daemon off;
worker_processes 2;
pid {directory}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    server_tokens off;
    keepalive_requests 1000000000;
    keepalive_timeout 1h;
    default_type application/json;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location = /ping {{ return 200; }}
        location / {{
            {headers}
            return 200 '{body}';
        }}
    }}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A process that listens on a loopback port and answers /ping with 200 when it is ready."""

    def __init__(self, name, directory):
        self.name = name
        self.directory = pathlib.Path(directory) / name.replace(" ", "-")
        self.directory.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.process = None

    def command(self):
        raise NotImplementedError

    def start(self, within_seconds=30):
        self.log = open(self.directory / "log", "wb")
        self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + within_seconds
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                log = (self.directory / "log").read_text(errors="replace")
                raise SystemExit(f"{self.name} did not become ready:\n{log[-2000:]}")
            time.sleep(0.005)
        return self

    def is_ready(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as peer:
                peer.sendall(b"GET /ping HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                return peer.recv(64).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def cpu_seconds(self):
        """Of the process and everything below it: nginx's workers, Roost's cells."""
        return processes.cpu_seconds([self.process.pid, *processes.descendants(self.process.pid)])

    def resident_megabytes(self):
        return processes.resident_megabytes(self.process.pid)

    def resident_megabytes_below(self):
        return [processes.resident_megabytes(pid) for pid in processes.descendants(self.process.pid)]

    def headers_for(self, era):
        """The headers a client sends here: with a session of this server where the era has sessions."""
        return eras.open_session(self.port, era.headers) if era.opens_session else era.headers


class Roost(Server):
    """The host with Echo, in its own process or in a cell."""

    def __init__(self, name, directory, binaries, process):
        super().__init__(name, directory)
        self.binaries = pathlib.Path(binaries)
        self.configuration = self.directory / "host.yaml"
        self.configuration.write_text(ROOST_CONFIGURATION.format(
            port=self.port, directory=self.directory, binaries=self.binaries, process=process))

    def command(self):
        return [str(self.binaries / "roost"), "serve", "--config", str(self.configuration)]

    def stdio_command(self):
        return [str(self.binaries / "roost"), "stdio", "--config", str(self.configuration), "--plugin", "echo"]


class Nginx(Server):
    """nginx, answering every POST with the bytes that another server answered."""

    def __init__(self, directory, response, name="nginx"):
        super().__init__(name, directory)
        headers, content_type = [], "application/json"
        for field, value in response.headers:
            if field.lower() == "content-type":
                content_type = value
            elif field.lower() not in NGINX_WRITES:
                headers.append(f"add_header {field} {quoted(value)};")
        headers.append(f"default_type {quoted(content_type)};")
        configuration = NGINX_CONFIGURATION.format(
            directory=self.directory, port=self.port, headers="\n            ".join(headers),
            body=quoted(response.body.decode())[1:-1])
        (self.directory / "nginx.conf").write_text(configuration)

    def command(self):
        return ["/usr/sbin/nginx", "-p", str(self.directory), "-e", str(self.directory / "error.log"),
                "-c", str(self.directory / "nginx.conf")]


class FastMCP(Server):
    """The Python peer, in the environment of the client tests."""

    python = ROOT / ".build/venv-fastmcp/bin/python"

    def __init__(self, directory):
        super().__init__("FastMCP", directory)

    def command(self):
        return [str(self.python), str(HERE / "fastmcp_peer.py"), str(self.port)]

    def stdio_command(self):
        return [str(self.python), str(HERE / "fastmcp_peer.py"), "stdio"]


def quoted(text):
    """A string as nginx's configuration writes it."""
    if "$" in text:
        raise SystemExit("nginx cannot return a '$'; the answer holds one")
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
