"""Load on one server for one span of time, by wrk."""
import dataclasses
import json
import pathlib
import subprocess

from eras import PATH

SCRIPT = pathlib.Path(__file__).resolve().parent / "wrk_request.lua"


@dataclasses.dataclass
class Load:
    """What one span of load showed."""

    calls_per_second: float
    p50_us: float
    p99_us: float
    cpu_us_per_call: float
    bytes_per_call: float
    failures: int


def run(server, headers, body, connections, seconds, directory):
    """Repeats the request on `connections` kept-alive connections and counts the answers that were not 2xx."""
    body_file, headers_file = pathlib.Path(directory) / "body", pathlib.Path(directory) / "headers"
    body_file.write_bytes(body)
    headers_file.write_text("".join(f"{name}: {value}\n" for name, value in headers.items()))
    threads = min(connections, 2)
    command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--timeout", "5s", "-s", str(SCRIPT),
               f"http://127.0.0.1:{server.port}{PATH}", "--", str(body_file), str(headers_file)]
    before = server.cpu_seconds()
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds + 60)
    cpu = server.cpu_seconds() - before
    lines = [line for line in result.stdout.splitlines() if line.startswith("{")]
    if result.returncode != 0 or not lines:
        raise SystemExit(f"wrk ended with status {result.returncode}: {result.stderr[-500:]}{result.stdout[-500:]}")
    seen = json.loads(lines[-1])
    calls = max(seen["calls"], 1)
    return Load(
        calls_per_second=seen["calls"] / (seen["duration_us"] / 1e6), p50_us=seen["p50_us"], p99_us=seen["p99_us"],
        cpu_us_per_call=cpu * 1e6 / calls, bytes_per_call=seen["bytes"] / calls,
        failures=seen["not_2xx"] + seen["broken"])
