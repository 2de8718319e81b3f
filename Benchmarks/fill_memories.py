#!/usr/bin/env python3
"""Fills a memory database up to a number of memories, from those that are in it already.

    .build/venv-onnx/bin/python Benchmarks/fill_memories.py DATABASE COUNT

Each new one has words of two of the first ones, and a vector between theirs: storing a hundred thousand texts through the model
would take longer than everything that is measured. The plugin must not run meanwhile.
"""
import random
import sqlite3
import sys

import numpy


def main():
    database, wanted = sqlite3.connect(sys.argv[1]), int(sys.argv[2])
    seed = random.Random(1)
    originals = database.execute(
        "SELECT m.content, v.vector, v.model FROM memory m JOIN memory_vector v ON v.memory = m.id AND v.passage = 0 "
        "WHERE m.key LIKE 'cranfield-%' ORDER BY m.id").fetchall()
    words = [content.decode().split() for content, _, _ in originals]
    vectors = numpy.array([numpy.frombuffer(vector, dtype="<f4") for _, vector, _ in originals])
    have = database.execute("SELECT count(*) FROM memory").fetchone()[0]
    with database:
        for number in range(have, wanted):
            first, second = seed.randrange(len(words)), seed.randrange(len(words))
            some = seed.sample(words[first], min(20, len(words[first]))) + seed.sample(words[second], min(20, len(words[second])))
            content, key = " ".join(some), f"filled-{number}"
            vector = vectors[first] * (0.3 + 0.4 * seed.random()) + vectors[second] * 0.5
            vector = (vector / numpy.linalg.norm(vector)).astype("<f4").tobytes()
            identity = database.execute(
                "INSERT INTO memory (namespace, key, content, metadata, bytes, created_at, updated_at) "
                "VALUES ('', ?, ?, ?, ?, 1, 1)", (key, content.encode(), b"{}", len(content))).lastrowid
            database.execute("INSERT INTO memory_vector VALUES (?, 0, ?, ?)", (identity, originals[0][2], vector))
            database.execute("INSERT INTO memory_words (rowid, content, key, namespace) VALUES (?, ?, ?, '')",
                             (identity, content, key))
            database.execute("INSERT INTO memory_change (memory) VALUES (?)", (identity,))


if __name__ == "__main__":
    main()
