"""Prints random texts and the numbers of their pieces, by the reference tokenizer: a JSON array in a line.

    reference.py vocab.txt COUNT SEED
"""
import json
import random
import sys

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

vocabulary, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
tokenizer = Tokenizer(models.WordPiece.from_file(vocabulary, unk_token="[UNK]"))
tokenizer.normalizer = normalizers.BertNormalizer()
tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
tokenizer.post_processor = processors.TemplateProcessing(
    single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 101), ("[SEP]", 102)]
)
tokenizer.enable_truncation(256)

random = random.Random(seed)
RANGES = [
    (0x20, 0x7E), (0x20, 0x7E), (0x61, 0x7A), (0x61, 0x7A), (0x00, 0xFF), (0x100, 0x24F), (0x300, 0x36F), (0x370, 0x5FF),
    (0x600, 0x8FF), (0x900, 0xDFF), (0xE00, 0x11FF), (0x1E00, 0x1FFF), (0x2000, 0x2BFF), (0x3000, 0x30FF),
    (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xE000, 0xF8FF), (0xFB00, 0xFFFF), (0x1D400, 0x1D7FF), (0x1F300, 0x1FAFF),
    (0x20000, 0x2FA1F), (0x10000, 0x10FFFF),
]
PARTS = ["[CLS]", "[SEP]", "[MASK]", "[UNK]", "[PAD]", "[", "]", "[sep]", "\r\n", "\t", "\u3000", "\u0085", "running", "co-operation", "İstanbul", "ß"]


def scalar():
    while True:
        value = random.randint(*random.choice(RANGES))
        if not 0xD800 <= value <= 0xDFFF:
            return chr(value)


def text():
    few = random.sample(RANGES, random.randint(1, 3))
    result = []
    for _ in range(random.choice([0, 1, 3, 10, 40, 150, 400])):
        kind = random.random()
        if kind < 0.12:
            result.append(" ")
        elif kind < 0.15:
            result.append(random.choice(PARTS))
        elif kind < 0.3:
            result.append(scalar())
        else:
            value = random.randint(*random.choice(few))
            result.append(chr(value) if not 0xD800 <= value <= 0xDFFF else "?")
    return "".join(result)


for _ in range(count):
    one = text()
    print(json.dumps([one, tokenizer.encode(one).ids]))
