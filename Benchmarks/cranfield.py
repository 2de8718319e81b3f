"""The Cranfield collection: 1,400 abstracts, 225 questions, and which abstracts answer which. Read in place, never copied."""
import collections
import math
import pathlib
import re

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "shared/data/servers/cranfield"


def documents():
    """Each abstract's number and text."""
    text = (FOLDER / "cran.all.1400.xml").read_text()
    for document in re.findall(r"<doc>(.*?)</doc>", text, re.S):
        number = re.search(r"<docno>\s*(\d+)\s*</docno>", document).group(1)
        parts = [re.search(rf"<{tag}>(.*?)</{tag}>", document, re.S) for tag in ("title", "text")]
        title, body = (" ".join(part.group(1).split()) if part else "" for part in parts)
        yield number, f"{title} {body}".strip()


def questions():
    """The questions in order; judgements name them by their place."""
    text = (FOLDER / "cran.qry.xml").read_text()
    return [" ".join(title.split()) for title in re.findall(r"<title>(.*?)</title>", text, re.S)]


def judgements():
    """For each question's place the abstracts that answer it, with their grade."""
    grades = collections.defaultdict(dict)
    for line in (FOLDER / "cranqrel.trec.txt").read_text().splitlines():
        question, _, document, grade = line.split()[:4]
        if int(grade) > 0:
            grades[int(question)][document] = int(grade)
    return grades


def quality(found, grades):
    """recall@10 and nDCG@10, means over the questions; `found` has the abstracts for each question in order."""
    recalls, gains = [], []
    for place, documents_found in enumerate(found, 1):
        wanted = grades.get(place)
        if not wanted:
            continue
        recalls.append(len(set(documents_found[:10]) & set(wanted)) / len(wanted))
        gain = sum(wanted.get(document, 0) / math.log2(rank + 1) for rank, document in enumerate(documents_found[:10], 1))
        best = sum(grade / math.log2(rank + 1) for rank, grade in enumerate(sorted(wanted.values(), reverse=True)[:10], 1))
        gains.append(gain / best)
    return sum(recalls) / len(recalls), sum(gains) / len(gains)
