#!/usr/bin/env python3
"""Writes the matrices of a model in 16 bits instead of 32: half the file, half the memory, and the same answers.

    Scripts/halve-model.py FROM.safetensors TO.safetensors

Norms, biases and positions, which take little, stay as they are. Needs nothing but Python.
"""
import json
import os
import pathlib
import struct
import sys

STEP = 1 << 16


def main():
    source, target = map(pathlib.Path, sys.argv[1:])
    data = source.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    tensors = json.loads(data[8:8 + length])
    header, parts, offset = {"__metadata__": {"made-from": source.name}}, [], 0
    for name, tensor in tensors.items():
        if name == "__metadata__":
            continue
        begin, end = (8 + length + place for place in tensor["data_offsets"])
        part, kind = data[begin:end], tensor["dtype"]
        is_matrix = len(tensor["shape"]) == 2 and not name.startswith(("embeddings.position", "embeddings.token_type"))
        if kind == "F32" and is_matrix:
            part, kind = halves(part), "F16"
        header[name] = {"dtype": kind, "shape": tensor["shape"], "data_offsets": [offset, offset + len(part)]}
        # What follows begins at a multiple of 8 bytes.
        part += bytes(-len(part) % 8)
        parts.append(part)
        offset += len(part)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    # A reader sees the old file or the whole new one.
    staging = target.with_name(target.name + ".new")
    staging.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))
    os.replace(staging, target)


def halves(part):
    made = []
    for start in range(0, len(part), STEP):
        piece = part[start:start + STEP]
        made.append(struct.pack(f"<{len(piece) // 4}e", *struct.unpack(f"<{len(piece) // 4}f", piece)))
    return b"".join(made)


if __name__ == "__main__":
    main()
