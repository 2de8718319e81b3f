#!/usr/bin/env python3
"""Compares the layout of everything in roost/*.h and roost/ext/*.h with the golden file, or writes that file.

    Scripts/abi_layout.py            compare; exit 1 with a sentence per difference
    Scripts/abi_layout.py --write    write Tests/Fixtures/abi-v1.json anew

Within a major version fields and constants are only appended, so --write refuses anything that would move or drop one.
"""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = ROOT / "Sources/CRoost/include"
GOLDEN = ROOT / "Tests/Fixtures/abi-v1.json"
ANNOTATIONS = re.compile(r"\b(ROOST_SENDABLE|_Nonnull|_Nullable|_Null_unspecified)\b ?")


def released_headers():
    """The headers whose content is settled: a draft extension may still change."""
    core = [INCLUDE / f"roost/{name}.h" for name in ("base", "host", "plugin")]
    return core + sorted((INCLUDE / "roost/ext").glob("*.h"))


def clang(*arguments):
    command = ["clang", "-x", "c", "-std=c17", *arguments, "-"]
    source = "".join(f'#include "{header}"\n' for header in released_headers())
    result = subprocess.run(command, input=source, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"error: the headers do not compile:\n{result.stderr}")
    return result.stdout


def spelled(type_name):
    """A type without the annotations that have no effect on the layout."""
    return re.sub(r"(\*) +(?=[,)])", r"\1", ANNOTATIONS.sub("", type_name)).strip()


def layouts():
    """{struct: (size, alignment, offsets of its direct fields)}"""
    found = {}
    dump = clang("-fsyntax-only", "-Xclang", "-fdump-record-layouts-complete")
    for block in dump.split("*** Dumping AST Record Layout"):
        name = re.search(r"\| struct (roost_\w+)$", block, re.MULTILINE)
        sizes = re.search(r"\[sizeof=(\d+), align=(\d+)", block)
        if name and sizes:
            offsets = [int(offset) for offset in re.findall(r"^ *(\d+) \|   \S", block, re.MULTILINE)]
            found[name[1]] = (int(sizes[1]), int(sizes[2]), offsets)
    return found


def contract():
    """Everything a compiled plugin has built in: structs, constants, extension ids, functions."""
    tree = json.loads(clang("-fsyntax-only", "-Xclang", "-ast-dump=json"))
    layout_of = layouts()
    structs, constants, functions, aliases = {}, {}, {}, {}
    for node in tree["inner"]:
        name = node.get("name", "")
        if node["kind"] == "RecordDecl" and name in layout_of and node.get("completeDefinition"):
            size, alignment, offsets = layout_of[name]
            fields = [field for field in node["inner"] if field["kind"] == "FieldDecl"]
            assert len(fields) == len(offsets), f"clang's two dumps of {name} differ"
            structs[name] = {
                "size": size,
                "alignment": alignment,
                "fields": [
                    {"name": field["name"], "offset": offset, "type": spelled(field["type"]["qualType"])}
                    for field, offset in zip(fields, offsets)
                ],
            }
        elif node["kind"] == "EnumDecl":
            for case in node["inner"]:
                if case["name"].startswith("ROOST_"):
                    constants[case["name"]] = int(case["inner"][0]["value"])
        elif node["kind"] == "FunctionDecl" and name.startswith("roost_"):
            functions[name] = spelled(node["type"]["qualType"])
        elif node["kind"] == "TypedefDecl" and name.startswith("roost_") and name not in layout_of:
            aliases[name] = spelled(node["type"]["qualType"])
    for name, text in re.findall(r'^#define (ROOST_\w+) (\d+|"[^"]*")$', clang("-E", "-dM"), re.MULTILINE):
        constants[name] = json.loads(text)
    return {"structs": structs, "constants": constants, "functions": functions, "aliases": aliases}


def differences(golden, found):
    """Two lists of sentences: what breaks plugins built before, and what was appended."""
    broken, appended = [], []
    for kind in golden:
        for name in sorted(golden[kind].keys() | found[kind].keys()):
            was, now = golden[kind].get(name), found[kind].get(name)
            if was == now or name == "ROOST_ABI_MINOR":
                continue
            if was is None:
                appended.append(f"{name} is new")
            elif now is None:
                broken.append(f"{name} was removed; within a major version nothing goes away")
            elif kind == "structs" and now["fields"][: len(was["fields"])] == was["fields"]:
                appended.append(f"{name} grew from {was['size']} to {now['size']} bytes")
            elif kind == "structs":
                old = next(pair for pair in zip(was["fields"], now["fields"] + [None]) if pair[0] != pair[1])
                broken.append(f"{name}: expected the field {old[0]}, found {old[1]}")
            else:
                broken.append(f"{name}: expected {was!r}, found {now!r}")
    return broken, appended


def main():
    found = contract()
    writing = sys.argv[1:] == ["--write"]
    if not GOLDEN.exists() and not writing:
        sys.exit(f"error: expected {GOLDEN.relative_to(ROOT)}, found none. Write it with: make abi-golden")
    golden = json.loads(GOLDEN.read_text()) if GOLDEN.exists() else {}
    broken, appended = differences(golden, found)
    for sentence in broken:
        print(f"error: {sentence}")
    if broken:
        sys.exit("Plugins built before would misread this. Append instead, or begin a new major version"
                 " (a new entry symbol and a new golden file).")
    if writing:
        GOLDEN.write_text(json.dumps(found, indent=2) + "\n")
        print(f"Wrote {GOLDEN.relative_to(ROOT)}: {len(found['structs'])} structs, {len(found['constants'])} constants.")
    elif golden != found:
        print("\n".join(f"error: {sentence}" for sentence in appended) or "error: the version differs")
        sys.exit("This was only appended, which is allowed: raise ROOST_ABI_MINOR and run make abi-golden.")
    else:
        print(f"{len(found['structs'])} structs, {len(found['constants'])} constants, as released")


if __name__ == "__main__":
    main()
