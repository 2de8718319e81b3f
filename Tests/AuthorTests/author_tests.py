#!/usr/bin/env python3
"""Tries Roost as a new author does: from an empty folder outside of the repository, by the guide, command by command.

    Tests/AuthorTests/author_tests.py [.build/debug]

What the first build of RoostKit leaves behind is kept for the next run. Prints how long each language took from `roost plugin new` to
an answer over HTTP.
"""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import guide

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "Documentation" / "Guide"
PAGES_WITH_C = sorted(GUIDE.glob("*.md")) + [ROOT / "Documentation" / "Languages.md"]
ANSWER_LIMIT = 120  # seconds, on a machine that is busy with something else
COMMAND_LIMIT = 900
DIALECTS = {"c": ["cc", "-std=c17", "-x", "c"], "cpp": ["c++", "-std=c++17", "-x", "c++"]}


class Failed(Exception):
    pass


class Author:
    """Somebody at a terminal: a working directory, a PATH with roost, and a port of their own."""

    def __init__(self, place, products):
        self.place = self.directory = place
        self.port = free_port()
        self.environment = {**os.environ, "PATH": f"{products}:{os.environ['PATH']}", "PORT": str(self.port)}
        for name in ("CARGO_TARGET_DIR", "CFLAGS", "ROOST_INCLUDE"):
            self.environment.pop(name, None)
        self.background = None
        self.log = place / "background.log"

    def run(self, block):
        """Runs the commands of a block as they stand there, and checks what they print."""
        if "background" in block.words:
            return self.start(block)
        began = time.monotonic()
        while True:
            # A command beside a running server may come before the server has built: tried again.
            status, output = self.shell(block.text)
            complaint = f"ended with {status}" if status else guide.missing(block.expected, output)
            if complaint is None:
                return
            if self.background is None or time.monotonic() - began > ANSWER_LIMIT:
                raise Failed(f"{block.place}: expected {complaint!r}\n{output}\n{self.said()}")
            time.sleep(0.25)

    def shell(self, commands):
        """The exit status and the output of some commands; where they went stays the working directory."""
        after = self.place / "directory"
        script = f"set -e\n{commands.replace('8000', str(self.port))}\npwd >{after}\n"
        done = subprocess.run(
            ["timeout", str(COMMAND_LIMIT), "bash", "-c", script],
            cwd=self.directory, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        )
        if done.returncode == 0:
            self.directory = Path(after.read_text().strip())
        return done.returncode, done.stdout

    def start(self, block):
        assert self.background is None, "one command at a time runs beside the others"
        with open(self.log, "w") as log:
            self.background = subprocess.Popen(
                ["bash", "-c", "exec " + block.text.strip()], cwd=self.directory, env=self.environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )

    def stop(self):
        if self.background is None:
            return
        self.background.send_signal(signal.SIGTERM)
        try:
            self.background.wait(30)
        except subprocess.TimeoutExpired:
            self.background.kill()
            self.background.wait()
        self.background = None

    def said(self):
        return f"--- running beside it ---\n{self.log.read_text()}" if self.background else ""

    def write(self, block):
        path = self.directory / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def follow_the_guide(author, kept):
    """Reads every page in order and does what it says. The build of the first project is what is kept."""
    warmth = ""
    for page in guide.pages(GUIDE):
        home = author.directory if author.directory != author.place else author.place / "hello"
        began, answered = time.monotonic(), False
        for block in guide.blocks(page):
            if block.language == "sh":
                if "needs=cargo" in block.words and shutil.which("cargo") is None:
                    print(f"skip {block.place}: there is no cargo on this machine")
                    continue
                author.run(block)
                if restore(kept, author.place / "hello" / ".build"):
                    warmth = ", over what an earlier run had built"
                if author.background and "roost call --url" in block.text and not answered:
                    answered, seconds = True, time.monotonic() - began
                    print(f"pass swift: {seconds:.1f} s from nothing to an answer, tests included{warmth}")
            elif block.file:
                author.write(block)
        author.stop()
        author.directory = home if home.exists() else author.place / "hello"
        print(f"pass {page.name} ({time.monotonic() - began:.1f} s)")


def restore(kept, build):
    """Puts what an earlier run built into a project that has just been made; True when it did."""
    if not kept.exists() or not build.parent.exists() or build.exists():
        return False
    kept.rename(build)
    return True


def compile_snippets(place):
    """Every block of C and C++, as a file of its own."""
    include = ROOT / "Sources" / "CRoost" / "include"
    count = 0
    for page in PAGES_WITH_C:
        for block in guide.blocks(page):
            if block.language not in DIALECTS or "part" in block.words:
                continue
            done = subprocess.run(
                DIALECTS[block.language] + ["-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I", str(include), "-"],
                input=block.text, text=True, capture_output=True,
            )
            if done.returncode:
                raise Failed(f"{block.place} does not compile:\n{done.stderr}")
            count += 1
    strays = [b.place for p in guide.pages(GUIDE) for b in guide.blocks(p) if b.language == "swift" and not b.file]
    if strays:
        raise Failed(f"Swift blocks must name their file in the first line, as // Sources/…: {', '.join(strays)}")
    print(f"pass {count} blocks of C and C++ compile; every block of Swift is part of the project")


def from_nothing_to_an_answer(author, language):
    """Seconds from `roost plugin new` to an answer over HTTP, by one author without a guide."""
    name = f"quick-{language}"
    author.directory = author.place
    began = time.monotonic()
    commands = [f"roost plugin new {name} --language {language}", f"cd {name}"]
    status, output = author.shell("\n".join(commands))
    if status:
        raise Failed(output)
    author.start(guide.Block("", 0, "sh", ["background"], "roost plugin dev"))
    call = f"roost call --url http://127.0.0.1:8000/mcp {name} greet name=Ada"
    try:
        author.run(guide.Block(language, 0, "sh", [], call, ["Hello, Ada!"]))
    finally:
        author.stop()
    return time.monotonic() - began


def main():
    products = (ROOT / (sys.argv[1] if len(sys.argv) > 1 else ".build/debug")).resolve()
    # One place for every run: a build holds absolute paths. The lock keeps two runs apart.
    home = Path(tempfile.gettempdir()) / f"roost-authors-{os.getuid()}"
    home.mkdir(mode=0o700, exist_ok=True)
    lock = open(home / "lock", "w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    place, kept = home / "work", home / "kept"
    if (place / "hello" / ".build").exists():
        shutil.rmtree(kept, ignore_errors=True)
        (place / "hello" / ".build").rename(kept)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    author = Author(place, products)
    try:
        compile_snippets(place)
        follow_the_guide(author, kept)
        for language in ["c", "rust"]:
            if language == "rust" and shutil.which("cargo") is None:
                print("skip rust: there is no cargo on this machine")
                continue
            print(f"pass {language}: {from_nothing_to_an_answer(author, language):.1f} s from nothing to an answer")
    except Failed as failure:
        print(f"fail {failure}")
        return 1
    finally:
        author.stop()
    print("The guide works.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
