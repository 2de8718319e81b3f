#!/usr/bin/env python3
"""What the memory plugin finds, and how fast: quality on Cranfield, embedding beside onnxruntime, retrieval at several sizes.

    Benchmarks/memory.py [--binaries .build/release] [--quick] [--sizes 1000 10000 100000] [--only-retrieval]

Everything but the embedding goes through the host, plugin in a cell, over one kept HTTP connection. Cranfield is read in place where
it lies beside the project; without it made-up texts take its place and no quality is told.
"""
import argparse
import concurrent.futures
import json
import pathlib
import random
import shutil
import statistics
import subprocess
import tempfile
import time

import cranfield
import processes
from outbound import Caller
from servers import ROOT, Roost

MODEL = ROOT / ".build/models/all-MiniLM-L6-v2"
PYTHON = ROOT / ".build/venv-onnx/bin/python"
CONFIGURATION = """\
listen: 127.0.0.1:{port}
data: {directory}/var
plugins_path: ["{binaries}"]
plugins:
  memory:
    library: libMemory.so
    config: {{ embedding: {{ model: {model} }} }}
    paths: {{ read: ["{model}"] }}
    limits: {{ deadline: 120s }}
"""
# Memories that are stored through the model; more are made of these.
FIRST = 1_000
MODES = ("hybrid", "vector", "lexical")
goals = []


def goal(what, wanted, measured, holds):
    goals.append((what, wanted, measured, holds))


def host(directory, options):
    made = Roost("memory", directory, options.binaries, "own")
    made.configuration.write_text(CONFIGURATION.format(
        port=made.port, directory=made.directory, binaries=options.binaries, model=MODEL))
    return made


def database(directory):
    return pathlib.Path(directory) / "memory/var/plugins/memory/memory.sqlite"


def texts():
    """Cranfield's abstracts and questions; made-up ones when it is not there."""
    if cranfield.FOLDER.exists():
        return list(cranfield.documents()), cranfield.questions()
    seed, words = random.Random(1), vocabulary()
    made = [(str(number), " ".join(seed.choices(words, k=120))) for number in range(1400)]
    return made, [" ".join(seed.choices(words, k=12)) for _ in range(225)]


def vocabulary():
    """Words that are one piece to the tokenizer."""
    return [word for word in (MODEL / "vocab.txt").read_text().splitlines() if len(word) > 3 and word.isascii() and word.isalpha()]


def store(port, documents):
    """Stores texts one after the other; a second."""
    caller, begin = Caller(port), time.perf_counter()
    for number, text in documents:
        caller.call("memory", "store", {"key": f"cranfield-{number}", "content": text})
    return len(documents) / (time.perf_counter() - begin)


def store_first(directory, options, documents):
    """The memories that all others are made of, and how fast they came."""
    made = host(directory, options)
    made.start()
    try:
        rate = store(made.port, documents[:FIRST])
    finally:
        made.stop()
    print(f"store, {FIRST} of Cranfield's abstracts with their passages and vectors: {rate:.0f} a second on one connection", flush=True)


def stored_at_once(port, documents, connections):
    parts = [documents[start::connections] for start in range(connections)]
    begin = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(connections) as pool:
        list(pool.map(lambda part: store(port, part), parts))
    return len(documents) / (time.perf_counter() - begin)


def retrieve(caller, question, mode, k=10):
    answer = json.loads(caller.call("memory", "retrieve", {"query": question, "k": k, "mode": mode}))
    return [memory["key"].removeprefix("cranfield-") for memory in answer["result"]["structuredContent"]["memories"]]


def measure_quality(port, questions):
    caller, grades = Caller(port), cranfield.judgements()
    print("\nCranfield, 1,400 abstracts, 225 questions, through the host\n  mode      recall@10  nDCG@10")
    for mode in MODES:
        recall, gain = cranfield.quality([retrieve(caller, question, mode) for question in questions], grades)
        print(f"  {mode:<8}  {recall:9.4f}  {gain:7.4f}", flush=True)
        if mode == "hybrid":
            goal("Cranfield hybrid, recall@10", "≥ 0.455", f"{recall:.4f}", recall >= 0.455)
            goal("Cranfield hybrid, nDCG@10", "≥ 0.44", f"{gain:.4f}", gain >= 0.44)


def measure_embedding(options):
    seed, words = random.Random(1), vocabulary()
    cores = len(processes.cores())
    seconds, rounds = (1, 1) if options.quick else (3, 3)
    print(f"\nembedding, texts a second, median of {rounds} rounds in turns\n"
          f"  {'pieces':>6} {'threads':>8} {'at once':>8} {'Roost':>9} {'onnxruntime':>12} {'ratio':>6}")
    for pieces in (10, 32, 128, 256):
        lines = "\n".join(" ".join(seed.choices(words, k=pieces - 2)) for _ in range(64))
        for threads, batch in ((1, 1), (1, 32), (cores, 32)):
            ours, theirs = [], []
            for _ in range(rounds):
                arguments = [str(MODEL), str(threads), str(batch), str(seconds)]
                ours.append(speed([str(options.binaries / "MeasureEmbedding"), *arguments], lines))
                theirs.append(speed([str(PYTHON), str(pathlib.Path(__file__).parent / "onnx_peer.py"), *arguments], lines))
            ratio = statistics.median(a / b for a, b in zip(ours, theirs))
            print(f"  {pieces:>6} {threads:>8} {batch:>8} {statistics.median(ours):>9.1f} {statistics.median(theirs):>12.1f} {ratio:>6.2f}",
                  flush=True)
            if threads == 1 and batch == 1:
                goal(f"embedding, {pieces} pieces, one thread", "≥ onnxruntime", f"{ratio:.2f} ×", ratio >= 1)


def speed(command, lines):
    return float(subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout)


def measure_collection(directory, options, documents, questions):
    """Storing all of Cranfield on several connections, short texts, and what is found of the whole."""
    made = host(directory, options)
    made.start()
    try:
        together = stored_at_once(made.port, documents, 8)
        short = [(f"short-{number}", f"Short note {number} about {word}.") for number, word in
                 zip(range(300), random.Random(2).choices(vocabulary(), k=300))]
        print(f"store, {len(documents):,} abstracts: {together:.0f} a second on 8 connections; "
              f"short texts: {store(made.port, short):.0f} a second on one")
        caller = Caller(made.port)
        for number, _ in short:
            caller.call("memory", "delete", {"key": f"cranfield-{number}"})
        if cranfield.FOLDER.exists():
            measure_quality(made.port, questions)
    finally:
        made.stop()


def measure_retrieval(directory, options, questions):
    print("\nretrieve k=10 through the host, one after the other, ms; start: from exec to the first answer; MB: host + cell\n"
          f"  {'memories':>8} " + " ".join(f"{mode + ' p50':>12} {'p99':>7}" for mode in MODES) + f" {'start':>7} {'MB':>12}")
    for size in sorted(options.sizes):
        # They grow out of the same thousand, so that the sizes differ in nothing else.
        subprocess.run([str(PYTHON), str(pathlib.Path(__file__).parent / "fill_memories.py"), str(database(directory)), str(size)],
                       check=True)
        made = host(directory, options)
        begin = time.perf_counter()
        made.start(within_seconds=120)
        try:
            caller = Caller(made.port)
            retrieve(caller, questions[0], "hybrid")
            start = (time.perf_counter() - begin) * 1e3
            cells = []
            for mode in MODES:
                seen = []
                for question in (questions * 3)[:100 if options.quick else 500]:
                    begin = time.perf_counter()
                    retrieve(caller, question, mode)
                    seen.append((time.perf_counter() - begin) * 1e3)
                seen.sort()
                cells.append(f"{seen[len(seen) // 2]:>12.1f} {seen[int(len(seen) * 0.99)]:>7.1f}")
            resident = "+".join(f"{value:.0f}" for value in [made.resident_megabytes(), *made.resident_megabytes_below()])
            print(f"  {size:>8} " + " ".join(cells) + f" {start:>7.0f} {resident:>12}", flush=True)
        finally:
            made.stop()


def measure_neighbours(directory, options):
    """Exact search beside the graph, without a host."""
    compiler = shutil.which("clang") or shutil.which("cc")
    sources, program = ROOT / "Sources", pathlib.Path(directory) / "neighbours"
    include = [f"-I{sources}/CKernels/include", f"-I{sources}/CHNSW/include"]
    objects = []
    for source in (sources / "CKernels/kernels.c", sources / "CHNSW/chnsw.cpp", pathlib.Path(__file__).parent / "neighbours.c"):
        objects.append(f"{program}-{source.stem}.o")
        standard = ["-std=c++17"] if source.suffix == ".cpp" else []
        subprocess.run([compiler, "-O3", *standard, *include, "-c", str(source), "-o", objects[-1]], check=True)
    subprocess.run([compiler, *objects, "-lstdc++", "-lm", "-o", str(program)], check=True)
    print("\nexact search beside the graph of neighbours, 384 floats, one thread, ms\n"
          f"  {'passages':>8} {'vectors':>10} {'exact p50':>10} {'p99':>7} {'graph p50':>10} {'p99':>7} {'recall@10':>10} {'made in s':>10} {'graph MB':>9}")
    for rows in options.neighbours:
        for kind in ("clustered", "random"):
            found = json.loads(subprocess.run([str(program), str(rows), kind], capture_output=True, text=True, check=True).stdout)
            print(f"  {rows:>8} {kind:>10} {found['exact_p50_ms']:>10.1f} {found['exact_p99_ms']:>7.1f} {found['graph_p50_ms']:>10.1f} "
                  f"{found['graph_p99_ms']:>7.1f} {found['recall']:>10.3f} {found['build_s']:>10.1f} {found['graph_mb']:>9.0f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", type=pathlib.Path, default=ROOT / ".build/release")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and sizes: does it run at all?")
    parser.add_argument("--neighbours", type=int, nargs="*", default=[10_000, 50_000], metavar="PASSAGES",
                        help="sizes of the graph; 500000 takes ten minutes")
    parser.add_argument("--sizes", type=int, nargs="*", metavar="MEMORIES",
                        help=f"at which retrieval is measured, none below {FIRST}; default 1000 10000 100000, with --quick without the last")
    parser.add_argument("--only-retrieval", action="store_true", help="no quality, no embedding, no neighbours")
    options = parser.parse_args()
    options.binaries = options.binaries.resolve()
    if options.sizes is None:
        options.sizes = [FIRST, 10_000] if options.quick else [FIRST, 10_000, 100_000]
    if any(size < FIRST for size in options.sizes):
        raise SystemExit(f"Expected sizes from {FIRST} on, found {min(options.sizes)}: so many are stored through the model.")
    if not (MODEL / "model.safetensors").exists():
        raise SystemExit("The embedding model is not there: Scripts/fetch-model.sh fetches it.")
    documents, questions = texts()
    with tempfile.TemporaryDirectory(prefix="roost-bench-") as directory:
        store_first(directory, options, documents)
        measure_retrieval(directory, options, questions)
    if not options.only_retrieval:
        with tempfile.TemporaryDirectory(prefix="roost-bench-") as directory:
            measure_collection(directory, options, documents, questions)
            measure_embedding(options)
            measure_neighbours(directory, options)
    if goals:
        print("\ngoals")
    for what, wanted, measured, holds in goals:
        print(f"  {'✔' if holds else '✘'} {what:<48} {wanted:>16}   measured {measured}")


if __name__ == "__main__":
    main()
