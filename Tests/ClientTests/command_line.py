"""The subcommands, as a person or a program at a shell meets them."""
import json
import pathlib
import subprocess
import tempfile

from host import PLUGINS, free_port, write_configuration


class Unexpected(Exception):
    """A command did not do what it should; the text says what was expected and what was found."""


def run(binaries, *arguments, status=0):
    """The standard output of `roost …`, which must end with `status`."""
    result = subprocess.run(
        [str(binaries / "roost"), *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    if result.returncode != status:
        raise Unexpected(
            f"expected roost {' '.join(arguments)} to end with {status}, found {result.returncode}:\n"
            f"{result.stdout[-600:]}{result.stderr[-600:]}")
    if "\x1b[" in result.stdout:
        raise Unexpected(f"expected no colours in a pipe, found {result.stdout[:300]!r}")
    return result.stdout


def expect(text, found, where):
    if text not in found:
        raise Unexpected(f"expected {text!r} in the output of {where}, found {found[:600]!r}")


def cases(base_url, binaries, directory):
    """(name, function) per case."""
    own = pathlib.Path(tempfile.mkdtemp(dir=directory))
    configuration = str(write_configuration(own, binaries, free_port()))

    def call_of_a_running_host():
        expect("42", run(binaries, "call", "echo", "add", "a=19", "b=23", "--url", base_url), "roost call --url")

    def call_that_starts_the_plugin():
        output = run(binaries, "call", "--config", configuration, "echo", "add", '{"a": 19, "b": 23}')
        expect("42", output, "roost call")

    def list_for_programs():
        listing = run(binaries, "list", "--config", configuration, "--json")
        json.loads(listing)
        for alias in PLUGINS:
            expect(alias, listing, "roost list --json")

    def check_of_a_good_configuration():
        run(binaries, "check", configuration)

    def check_of_a_misspelt_key():
        broken = own / "broken.yaml"
        broken.write_text(pathlib.Path(configuration).read_text().replace("library:", "libary:", 1))
        result = subprocess.run(
            [str(binaries / "roost"), "check", str(broken)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        if result.returncode == 0:
            raise Unexpected("expected roost check to refuse an unknown key, found status 0")
        expect("library", result.stdout + result.stderr, "roost check of a misspelt key")

    def check_of_a_plugin():
        run(binaries, "check", str(binaries / PLUGINS["echo"]))

    for case in (call_of_a_running_host, call_that_starts_the_plugin, list_for_programs,
                 check_of_a_good_configuration, check_of_a_misspelt_key, check_of_a_plugin):
        yield "roost: " + case.__name__.replace("_", " "), case
