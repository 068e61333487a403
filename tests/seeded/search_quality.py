"""How good a search is: recall@10 and nDCG@10 over ``search_queries.toml``."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

FILE = Path(__file__).with_name("search_queries.toml")
DEPTH = 10
WANTED, USEFUL = 2, 1
RECALL, NDCG = 0.95, 0.85  # what was promised

Search = Callable[[str], list[str]]


@dataclass
class Judged:
    """One query, and what each sheet or post is worth to who asks it."""

    text: str
    worth: dict[str, int]


@dataclass
class Quality:
    recall: float
    ndcg: float
    recall_of: dict[str, float] = field(default_factory=dict)

    @property
    def kept(self) -> bool:
        return self.recall >= RECALL and self.ndcg >= NDCG


def judged_queries() -> list[Judged]:
    entries = tomllib.loads(FILE.read_text())["queries"]
    return [
        Judged(
            entry["text"],
            dict.fromkeys(entry.get("useful", []), USEFUL) | dict.fromkeys(entry["wanted"], WANTED),
        )
        for entry in entries
    ]


def quality(search: Search) -> Quality:
    """The mean quality of *search*, which gives the slugs of sheets and posts, best first."""
    recall_of, ndcgs = {}, []
    for query in judged_queries():
        found = search(query.text)[:DEPTH]
        recall_of[query.text] = len(query.worth.keys() & set(found)) / len(query.worth)
        best = gain(sorted(query.worth.values(), reverse=True))
        ndcgs.append(gain([query.worth.get(slug, 0) for slug in found]) / best)
    return Quality(fmean(recall_of.values()), fmean(ndcgs), recall_of)


def gain(worths: list[int]) -> float:
    """The discounted cumulative gain of the first ten."""
    return sum(worth / math.log2(place + 2) for place, worth in enumerate(worths[:DEPTH]))
