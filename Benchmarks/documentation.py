#!/usr/bin/env python3
"""A real documentation tree, indexed and asked: the packages that this project is built with, guides and commented sources.

    Benchmarks/documentation.py [--binaries .build/release] [--quick] [--words-only] [--show] [--data FOLDER] [--cores N]

With a folder for its data a run takes up where the one before was ended: passages that have their vectors keep them. Prints the time until the tree can be asked, until it is found by meaning too, the size of the index, the time of a question,
and for how many of 20 questions a right page is among the first three answers (goal: 18).
"""
import argparse
import json
import os
import pathlib
import re
import sqlite3
import tempfile
import time

from documentation_questions import QUESTIONS
from outbound import META, Caller
from servers import ROOT, Roost

TREE = ROOT / ".build/checkouts"
MODEL = ROOT / ".build/models/all-MiniLM-L6-v2"
CONFIGURATION = """\
listen: 127.0.0.1:{port}
data: {data}
plugins_path: ["{binaries}"]
log: {{ level: debug }}
plugins:
  context7:
    library: libContext7.so
    config:
      api: off
      refresh: 1h
      embedding: {embedding}
      libraries: {{ /packages/swift: "{tree}" }}
    paths: {{ read: ["{tree}"{model}] }}
    limits: {{ deadline: 10m }}
"""
LIBRARY = "/packages/swift"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--binaries", default=str(ROOT / ".build/release"))
    options.add_argument("--quick", action="store_true")
    options.add_argument("--words-only", action="store_true")
    options.add_argument("--data", type=pathlib.Path, help="keep the index with vectors here, for a later run")
    options.add_argument("--cores", type=int, default=1, help="that compute vectors")
    options.add_argument("--show", action="store_true", help="print what was found for each question")
    options = options.parse_args()
    # The vectors of all comments in sources take minutes: no part of a smoke run.
    is_short = options.quick or options.words_only
    modes = [False] if is_short or not (MODEL / "model.safetensors").exists() else [False, True]
    files = [path for path in TREE.rglob("*") if path.is_file() and ".git" not in path.parts]
    print(f"\n{len(files):,} files of {len(list(TREE.iterdir()))} packages below .build/checkouts, as one library")
    for has_model in modes:
        with tempfile.TemporaryDirectory() as directory:
            measure(options, directory, has_model, options.data if has_model and options.data else f"{directory}/var")


def measure(options, directory, has_model, data):
    host = Roost("documentation", directory, options.binaries, "own")
    cores = f", cores: {options.cores}" if options.cores > 1 else ""
    host.configuration.write_text(CONFIGURATION.format(
        port=host.port, data=pathlib.Path(data).resolve(), binaries=pathlib.Path(options.binaries).resolve(), tree=TREE.resolve(),
        embedding=f'{{ model: "{MODEL.resolve()}"{cores} }}' if has_model else "off",
        model=f', "{MODEL.resolve()}"' if has_model else ""))
    host.start()
    try:
        run(options, host, pathlib.Path(data), has_model)
    finally:
        host.stop()


def run(options, host, data, has_model):
    caller = Caller(host.port)
    print("\nfound by words and meaning" if has_model else "\nfound by words")
    begin = time.perf_counter()
    ask(caller, QUESTIONS[0][0])
    print(f"  until it can be asked                       {time.perf_counter() - begin:8.2f} s")
    if has_model:
        wait_for_vectors(options, data)
        # The host closes connections that are silent for long.
        caller = Caller(host.port)
    size = sum(os.path.getsize(path) for path in data.rglob("context7.sqlite*"))
    listed = call(caller, "resolve-library-id", {"libraryName": "swift", "query": "swift"})
    snippets = re.search(r"Code Snippets: (\d+)", listed)
    print(f"  index of {int(snippets.group(1)) if snippets else 0:,} passages                  {size / 1e6:8.1f} MB")
    times = []
    count = 200 if options.quick else 2000
    for number in range(count):
        # No two questions are the same.
        question = f"{QUESTIONS[number % len(QUESTIONS)][0]} {number}"
        begin = time.perf_counter()
        ask(caller, question)
        times.append((time.perf_counter() - begin) * 1e3)
    times.sort()
    print(f"  a question, p50 / p99 of {count:,}             {times[len(times) // 2]:8.2f} / {times[int(len(times) * 0.99)]:.2f} ms")
    right = 0
    for question, pages in QUESTIONS:
        sources = re.findall(r"^Source: (.*)$", ask(caller, question), re.M)
        place = next((rank for rank, source in enumerate(sources, 1) if any(page in source for page in pages)), None)
        right += place is not None and place <= 3
        if options.show:
            print(f"    {place or '-':>3}  {question}")
            for source in sources[:3]:
                print(f"           {source}")
    print(f"  {'✔' if right >= 18 else '✘'} a right page among the first three answers   {right} of {len(QUESTIONS)} (goal: 18)")
    print(f"  resident memory of the plugin's cell        {max(host.resident_megabytes_below(), default=0):8.0f} MB")


def call(caller, tool, arguments):
    text = caller.call("context7", tool, arguments)
    # A call that took long is answered as a stream of events; the last one is the result.
    if not text.startswith("{"):
        text = [line[5:] for line in text.splitlines() if line.startswith("data:") and '"result"' in line][-1]
    return json.loads(text)["result"]["content"][0]["text"]


def ask(caller, question):
    return call(caller, "query-docs", {"libraryId": LIBRARY, "query": question})


def wait_for_vectors(options, data):
    """Watches until every passage has its vector, and tells how fast they come."""
    database = sqlite3.connect(f"file:{next(data.rglob('context7.sqlite'))}?mode=ro", uri=True)
    begin, known = time.monotonic(), None
    told = begin
    while True:
        all_passages, have = (database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("passage", "passage_vector"))
        known = have if known is None else known
        seconds = time.monotonic() - begin
        if have >= all_passages:
            break
        if time.monotonic() > told + 60:
            told = time.monotonic()
            print(f"    {have:,} of {all_passages:,} passages have vectors ({have / all_passages:.0%}), {(have - known) / seconds:.1f} a second", flush=True)
        time.sleep(0.5)
    of_them = f" ({known:,} of them had)" if known else ""
    print(f"  until {have:,} passages have vectors{of_them}           {seconds:8.2f} s, {(have - known) / max(seconds, 0.01):.1f} a second on "
          f"{'one core' if options.cores == 1 else f'{options.cores} cores'}", flush=True)
    # The plugin reads them into memory when the last is there.
    time.sleep(3)


if __name__ == "__main__":
    main()
