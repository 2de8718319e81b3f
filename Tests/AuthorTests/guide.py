"""The pages of the guide as a reader sees them: commands to run, files to write, code to compile, output to expect."""

import re
from dataclasses import dataclass, field
from pathlib import Path

FENCE = re.compile(r"^```(.*)$")
FILE_COMMENT = re.compile(r"^// ((?:Sources|Tests)/\S+\.swift)$")


@dataclass
class Block:
    """One fenced block: its language, the words after it, and its text."""

    page: str
    line: int
    language: str
    words: list
    text: str
    # What a command prints, line by line; "…" stands for anything.
    expected: list = field(default_factory=list)

    @property
    def place(self):
        return f"{self.page}:{self.line}"

    @property
    def file(self):
        """The path that a Swift block names in its first line; None for one that is no file."""
        match = FILE_COMMENT.match(self.text.split("\n", 1)[0])
        return match.group(1) if match and self.language == "swift" else None


def blocks(path):
    """The blocks of a page in order; a text block after a command is what that prints."""
    found, opened = [], None
    for number, line in enumerate(path.read_text().splitlines(), 1):
        fence = FENCE.match(line)
        if opened is None and fence:
            language, *words = fence.group(1).split() or [""]
            opened = Block(path.name, number, language, words, "")
        elif opened is not None and fence:
            if opened.language == "text" and found and found[-1].language == "sh":
                found[-1].expected = opened.text.splitlines()
            else:
                found.append(opened)
            opened = None
        elif opened is not None:
            opened.text += line + "\n"
    return found


def pages(folder: Path):
    """The pages in the order in which the guide's first page lists them."""
    names = re.findall(r"^\d+\. \[.*?\]\((\w+\.md)\)", (folder / "README.md").read_text(), re.M)
    listed = {folder / name for name in names}
    assert listed == set(folder.glob("*.md")) - {folder / "README.md"}, "README.md lists every page once"
    return [folder / name for name in names]


def missing(expected, output):
    """The first expected line that the output does not hold, in order; None when it holds all of them."""
    place = 0
    for line in expected:
        pattern = ".*".join(re.escape(part) for part in line.split("…"))
        match = re.compile(pattern).search(output, place)
        if match is None:
            return line
        place = match.end()
    return None
