#!/usr/bin/env python3
"""Real MCP clients and the command line against a real host, over HTTP and stdio.

    Tests/ClientTests/client_tests.py [--binaries .build/debug] [--only TEXT] [--verbose]

Reads the clients in ../shared/clients where they lie; without them their cases are skipped. Prints what failed or was skipped
and a closing line `N passed, N failed, N skipped`.
"""
import argparse
import concurrent.futures
import contextlib
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

import command_line
from cases import CLIENTS, TOOLS, Address, calls_of, complaint
from host import PLUGINS, ROOT, HostDidNotStart, free_port, serving, tail, write_configuration

SCRIPTS = ROOT.parent / "shared" / "clients"
SECONDS_PER_CLIENT = 40


class Failed(Exception):
    """A case did not hold; the text says what was expected and what was found."""


def run_client(client, target, tool, arguments, expected):
    """Runs one client process and returns its one-line report."""
    python = ROOT / ".build" / client.environment / "bin" / "python"
    if not python.exists():
        raise Failed(f"expected {python}, found none. Make it with Scripts/python-environments.sh")
    environment = dict(os.environ, CLIENT_TIMEOUT=str(SECONDS_PER_CLIENT), PYTHONWARNINGS="ignore", PYTHONDONTWRITEBYTECODE="1")
    if client.mode:
        environment["MODE"] = client.mode
    command = [str(python), str(SCRIPTS / client.script), target, tool, json.dumps(arguments), expected]
    try:
        result = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=SECONDS_PER_CLIENT + 20)
    except subprocess.TimeoutExpired:
        raise Failed(f"the client did not end within {SECONDS_PER_CLIENT + 20} s") from None
    last = result.stdout.strip().splitlines()[-1:] or [""]
    try:
        return json.loads(last[0])
    except ValueError:
        raise Failed(f"the client ended with status {result.returncode}:\n{last_lines(result.stderr)}") from None


def last_lines(text, count=12):
    return "\n".join(text.strip().splitlines()[-count:])


def client_case(client, alias, address, mark):
    prefix = f"{alias}_" if address.prefixed else ""
    expected_tools = {prefix + tool for tool in TOOLS[alias]}
    for call in calls_of(alias, mark, address.prefixed):
        name = prefix + call.tool
        report = run_client(client, address.target, name, call.arguments, call.expected)
        wrong = complaint(report, client, expected_tools, name)
        if wrong:
            raise Failed(wrong)


def addresses(alias, base_url, binaries, directory):
    """Every way to one plugin. A stdio host has a data directory of its own, as every session of a real client has."""
    yield Address(f"/mcp/{alias}", f"{base_url}/mcp/{alias}", False)
    yield Address("/mcp", f"{base_url}/mcp", True)
    stdio = [("stdio", [], True)]
    if alias == "echo":
        stdio.append(("stdio --plugin echo", ["--plugin", "echo"], False))
    for name, extra, prefixed in stdio:
        own = pathlib.Path(tempfile.mkdtemp(dir=directory))
        configuration = write_configuration(own, binaries, free_port())
        command = [str(binaries / "roost"), "stdio", "--config", str(configuration), *extra]
        yield Address(name, "stdio:" + shlex.join(command), prefixed)


def client_cases(base_url, binaries, directory):
    """(name, function) per case."""
    for client in CLIENTS:
        for alias in PLUGINS:
            for address in addresses(alias, base_url, binaries, directory):
                name = f"{client.name}: {alias} at {address.name}"
                mark = "".join(letter for letter in name if letter.isalnum())
                yield name, lambda c=client, a=alias, where=address, m=mark: client_case(c, a, where, m)


class Tally:
    """Counts the cases and says what went wrong as soon as it is known."""

    def __init__(self, verbose):
        self.passed, self.failed, self.skipped, self.verbose = 0, 0, 0, verbose

    def run(self, name, case):
        try:
            case()
        except Exception as error:  # whatever it is, the case did not hold
            self.failed += 1
            kind = "" if isinstance(error, (Failed, command_line.Unexpected)) else f"{type(error).__name__}: "
            print(f"fail {name}\n     {kind}" + str(error).replace("\n", "\n     "), flush=True)
        else:
            self.passed += 1
            if self.verbose:
                print(f"pass {name}", flush=True)

    def skip(self, name, reason):
        self.skipped += 1
        print(f"skip {name}: {reason}", flush=True)


def run_all(options, tally, directory):
    with contextlib.ExitStack() as stack:
        base_url = stack.enter_context(serving(directory, options.binaries))
        cases = list(command_line.cases(base_url, options.binaries, directory))
        if SCRIPTS.is_dir():
            cases += client_cases(base_url, options.binaries, directory)
        else:
            for client in CLIENTS:
                tally.skip(client.name, f"the clients are not at {os.path.relpath(SCRIPTS, ROOT)}")
        chosen = [(name, case) for name, case in cases if options.only in name]
        with concurrent.futures.ThreadPoolExecutor(options.parallel) as pool:
            for future in [pool.submit(tally.run, name, case) for name, case in chosen]:
                future.result()
    if tally.failed:
        print(f"the end of the host's log:\n{tail(pathlib.Path(directory) / 'host.log')}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", type=pathlib.Path, default=ROOT / ".build/debug", help="where roost and the plugins lie")
    parser.add_argument("--only", default="", help="only cases whose name holds this text")
    parser.add_argument("--parallel", type=int, default=os.cpu_count() or 2, help="cases at a time")
    parser.add_argument("--verbose", action="store_true", help="also name the cases that passed")
    options = parser.parse_args()
    options.binaries = options.binaries.resolve()
    tally = Tally(options.verbose)
    with tempfile.TemporaryDirectory(prefix="roost-clients-") as directory:
        try:
            run_all(options, tally, directory)
        except HostDidNotStart as error:
            tally.failed += 1
            print(f"fail the host starts\n     {error}")
    print(f"{tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped")
    sys.exit(1 if tally.failed or not (tally.passed or tally.skipped) else 0)


if __name__ == "__main__":
    main()
