"""From exec to the first result, many times over, the servers taking turns."""
import pathlib
import shutil
import subprocess

import eras

HERE = pathlib.Path(__file__).resolve().parent


class Stopwatch:
    """The C program that starts a command and polls it without a pause."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.program = self.directory / "cold_start"
        compiler = shutil.which("cc") or shutil.which("clang")
        subprocess.run([compiler, "-std=c17", "-O2", "-Wall", "-Wextra", "-o", str(self.program), str(HERE / "cold_start.c")],
                       check=True)

    def over_http(self, server, era):
        """Milliseconds to the first 200 on /ping and to the first result."""
        request = self.directory / "first-request"
        request.write_bytes(eras.raw_request(era.headers, era.body, server.port))
        return self.measure("http", server.port, request, server.command())

    def over_stdio(self, command, body):
        """Milliseconds to the first result."""
        request = self.directory / "first-line"
        request.write_bytes(body + b"\n")
        return self.measure("stdio", 0, request, command)[1]

    def measure(self, kind, port, request, command):
        arguments = [str(self.program), kind, str(port), str(request), f'"{eras.EXPECTED}"', *command]
        result = subprocess.run(arguments, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        if result.returncode != 0:
            raise eras.NoAnswer(f"{' '.join(command)}: {result.stderr.strip()}")
        return [int(number) / 1000 for number in result.stdout.split()]
