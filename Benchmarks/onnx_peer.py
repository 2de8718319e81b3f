#!/usr/bin/env python3
"""How many texts a second onnxruntime turns into vectors, with the same weights; the twin of MeasureEmbedding.

    .build/venv-onnx/bin/python Benchmarks/onnx_peer.py FOLDER THREADS TEXTS_AT_ONCE SECONDS < texts, one a line

The graph is made from model.safetensors node by node, so that onnxruntime fuses and plans it as it likes. Tokenizing, padding, pooling
and normalizing count on both sides. Before anything is measured its vectors are compared with the reference, where that is.
"""
import json
import math
import pathlib
import struct
import sys
import time

import numpy
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from tokenizers import BertWordPieceTokenizer

LAYERS, HEADS, WIDTH = 6, 12, 384
REFERENCE = pathlib.Path(__file__).resolve().parents[2] / "shared/data/servers/minilm-reference.json"


def weights(path):
    """The tensors of a safetensors file by name."""
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    tensors = {}
    for name, entry in json.loads(data[8:8 + length]).items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            tensors[name] = numpy.frombuffer(data[begin:end], dtype="<f4").reshape(entry["shape"])
    return tensors


class GraphBuilder:
    """Nodes in order; every method adds one and names its output."""

    def __init__(self, tensors):
        self.tensors, self.nodes, self.constants = tensors, [], {}

    def constant(self, name, array):
        self.constants.setdefault(name, numpy_helper.from_array(numpy.ascontiguousarray(array), name))
        return name

    def node(self, kind, *inputs, **attributes):
        output = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def linear(self, x, name):
        product = self.node("MatMul", x, self.constant(f"{name}.T", self.tensors[f"{name}.weight"].T))
        return self.node("Add", product, self.constant(f"{name}.bias", self.tensors[f"{name}.bias"]))

    def norm(self, x, name):
        gamma, beta = (self.constant(f"{name}.{part}", self.tensors[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.node("LayerNormalization", x, gamma, beta, axis=-1, epsilon=1e-12)

    def heads(self, x, order):
        shape = self.constant("heads", numpy.array([0, 0, HEADS, WIDTH // HEADS], dtype=numpy.int64))
        return self.node("Transpose", self.node("Reshape", x, shape), perm=order)

    def gelu(self, x):
        erf = self.node("Erf", self.node("Div", x, self.constant("root", numpy.float32(math.sqrt(2)))))
        half = self.node("Mul", x, self.constant("half", numpy.float32(0.5)))
        return self.node("Mul", half, self.node("Add", erf, self.constant("one", numpy.float32(1))))

    def layer(self, x, name):
        query, key, value = (self.linear(x, f"{name}.attention.self.{part}") for part in ("query", "key", "value"))
        scores = self.node("MatMul", self.heads(query, [0, 2, 1, 3]), self.heads(key, [0, 2, 3, 1]))
        scale = self.constant("scale", numpy.float32(math.sqrt(WIDTH // HEADS)))
        scores = self.node("Softmax", self.node("Add", self.node("Div", scores, scale), "mask"), axis=-1)
        seen = self.node("MatMul", scores, self.heads(value, [0, 2, 1, 3]))
        joined = self.constant("joined", numpy.array([0, 0, WIDTH], dtype=numpy.int64))
        seen = self.node("Reshape", self.node("Transpose", seen, perm=[0, 2, 1, 3]), joined)
        x = self.norm(self.node("Add", self.linear(seen, f"{name}.attention.output.dense"), x),
                      f"{name}.attention.output.LayerNorm")
        wide = self.gelu(self.linear(x, f"{name}.intermediate.dense"))
        return self.norm(self.node("Add", self.linear(wide, f"{name}.output.dense"), x), f"{name}.output.LayerNorm")


def model(tensors):
    builder = GraphBuilder(tensors)
    words, positions, kinds = (
        builder.constant(f"{name}_weights", tensors[f"embeddings.{name}_embeddings.weight"]) for name in ("word", "position", "token_type"))
    x = builder.node("Add", builder.node("Gather", words, "ids"), builder.node("Gather", positions, "positions"))
    x = builder.node("Add", x, builder.node("Gather", kinds, builder.constant("first", numpy.int64(0))))
    x = builder.norm(x, "embeddings.LayerNorm")
    for number in range(LAYERS):
        x = builder.layer(x, f"encoder.layer.{number}")
    builder.nodes.append(helper.make_node("Identity", [x], ["states"]))
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "pieces"]),
        helper.make_tensor_value_info("positions", TensorProto.INT64, ["pieces"]),
        helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["texts", 1, 1, "pieces"]),
    ]
    outputs = [helper.make_tensor_value_info("states", TensorProto.FLOAT, ["texts", "pieces", WIDTH])]
    graph = helper.make_graph(builder.nodes, "minilm", inputs, outputs, list(builder.constants.values()))
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


class Embedder:
    def __init__(self, folder, threads):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        graph = model(weights(folder / "model.safetensors")).SerializeToString()
        self.session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self.tokenizer = BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=True)
        self.tokenizer.enable_truncation(256)

    def embed(self, texts):
        pieces = [encoding.ids for encoding in self.tokenizer.encode_batch(texts)]
        longest = max(map(len, pieces))
        ids = numpy.zeros((len(texts), longest), dtype=numpy.int64)
        held = numpy.zeros((len(texts), longest), dtype=numpy.float32)
        for row, found in enumerate(pieces):
            ids[row, :len(found)], held[row, :len(found)] = found, 1
        mask = ((held - 1) * 1e9)[:, None, None, :]
        positions = numpy.arange(longest, dtype=numpy.int64)
        states = self.session.run(["states"], {"ids": ids, "positions": positions, "mask": mask})[0]
        sums = (states * held[:, :, None]).sum(axis=1) / held.sum(axis=1, keepdims=True)
        return sums / numpy.linalg.norm(sums, axis=1, keepdims=True)


def check(embedder):
    if not REFERENCE.exists():
        return
    reference = json.loads(REFERENCE.read_text())
    items = next(value for value in reference.values() if isinstance(value, list) and "input_ids" in value[0])
    key = next(name for name, value in items[0].items() if isinstance(value, list) and len(value) == WIDTH)
    for item in items[:5]:
        difference = numpy.abs(embedder.embed([item["text"]])[0] - numpy.array(item[key])).max()
        if difference > 1e-5:
            raise SystemExit(f"onnxruntime's vector of {item['text'][:40]!r} is {difference} from the reference")


def main():
    folder, threads, batch, seconds = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    texts = sys.stdin.read().splitlines()
    embedder = Embedder(folder, threads)
    check(embedder)
    embedder.embed(texts[:batch])
    begin, count, place = time.perf_counter(), 0, 0
    while time.perf_counter() - begin < seconds:
        count += len(embedder.embed([texts[(place + index) % len(texts)] for index in range(batch)]))
        place += batch
    print(count / (time.perf_counter() - begin))


if __name__ == "__main__":
    main()
