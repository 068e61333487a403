"""How much the scanner finds, and how much it takes for something else, on labelled passages."""

from __future__ import annotations

import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from home.moderation.scanner import Kind, scan
from home.moderation.scanner.markup import reading
from home.moderation.scanner.typography import folded, legible

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "site_ocu" / "demo" / "content"
PASSAGES = tomllib.loads((HERE / "passages.toml").read_text(encoding="utf-8"))["passage"]
NUMBERS_AND_ADDRESSES = [Kind.PHONE, Kind.EMAIL, Kind.POSTAL, Kind.FILE, Kind.IDENTITY, Kind.BANK, Kind.BIRTH]
LONGEST_QUOTE = 120


@dataclass
class Measure:
    """Counts by kind, and what went wrong in words."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    mistaken: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def recall(self, *kinds: str) -> float:
        found = sum(self.found[kind] for kind in kinds)
        return found / (found + sum(self.missed[kind] for kind in kinds) or 1)

    def precision(self, *kinds: str) -> float:
        found = sum(self.found[kind] for kind in kinds)
        return found / (found + sum(self.mistaken[kind] for kind in kinds) or 1)

    def __str__(self) -> str:
        rows = [
            f"{kind.value:9} précision {self.precision(kind):.2f}  rappel {self.recall(kind):.2f}  "
            f"({self.found[kind]} trouvés, {self.missed[kind]} manqués, {self.mistaken[kind]} de trop)"
            for kind in Kind
        ]
        return "\n".join(["", *rows, *self.faults])


def measured(passages: list[dict[str, Any]]) -> Measure:
    measure = Measure()
    for passage in passages:
        left = [(finding.kind.value, folded(finding.match)) for finding in scan(passage["text"])]
        for kind, expected in passage.get("expect", []):
            wanted = folded(legible(expected))
            hit = next(
                (
                    found
                    for found in left
                    if found[0] == kind and wanted in found[1] and len(found[1]) < LONGEST_QUOTE
                ),
                None,
            )
            if hit is None:
                measure.missed[kind] += 1
                measure.faults.append(f"manqué   {kind}: {expected} — {passage['text']}")
            else:
                measure.found[kind] += 1
                left.remove(hit)
        for kind, match in left:
            measure.mistaken[kind] += 1
            measure.faults.append(f"de trop  {kind}: {match} — {passage['text']}")
    return measure


SETS = {
    "all": PASSAGES,
    "held out": [passage for passage in PASSAGES if passage.get("held_out")],
}


class TestTheLabelledSet:
    def test_is_large_and_says_no_often(self) -> None:
        harmless = [passage for passage in PASSAGES if not passage.get("expect")]

        assert len(PASSAGES) >= 150
        assert len(harmless) >= 60
        assert len(SETS["held out"]) >= len(PASSAGES) // 3
        assert {kind for passage in PASSAGES for kind, _text in passage.get("expect", [])} == set(Kind.values)


@pytest.mark.parametrize("passages", SETS.values(), ids=SETS)
class TestTheScanner:
    def test_finds_numbers_addresses_and_birth_dates(self, passages: list[dict[str, Any]]) -> None:
        measure = measured(passages)
        print(measure)  # noqa: T201 (shown with pytest -s, and when the test fails)

        assert measure.recall(*NUMBERS_AND_ADDRESSES) >= 0.95
        assert all(measure.recall(kind) >= 0.9 for kind in NUMBERS_AND_ADDRESSES if measure.missed[kind])

    def test_finds_names_beside_words_of_exile(self, passages: list[dict[str, Any]]) -> None:
        assert measured(passages).recall(Kind.NAME) >= 0.85

    def test_seldom_warns_of_something_else(self, passages: list[dict[str, Any]]) -> None:
        measure = measured(passages)

        assert measure.precision(*Kind.values) >= 0.9
        assert all(measure.precision(kind) >= 0.8 for kind in Kind if measure.found[kind])


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def test_the_demonstration_content_raises_hardly_anything() -> None:
    files = sorted(
        [
            *CONTENT.glob("posts/*.toml"),
            *CONTENT.glob("practices/*.toml"),
            *CONTENT.glob("territories/*.toml"),
        ]
    )
    texts = [text for file in files for text in strings(tomllib.loads(file.read_text(encoding="utf-8")))]

    found = [finding for text in texts for finding in scan(reading(text).text)]

    assert len(files) > 30
    assert len(found) <= 4, [finding.quote for finding in found]


HOSTILE = [
    "a",
    "1 ",
    "a@b.",
    "a (at) b ",
    "06 39 98 12 34 ",
    "né ",
    "passeport n° ",
    "ofpra n ",
    "12 rue de la ",
    "Réfugié Ab ",
    "<a ",
]


@pytest.mark.parametrize("seed", HOSTILE)
def test_two_hundred_kilobytes_of_anything_take_seconds(seed: str) -> None:
    text = (seed * (200_000 // len(seed) + 1))[:200_000]

    start = time.process_time()
    scan(reading(text).text)

    assert time.process_time() - start < 15  # a second or two; a pattern that tries every way takes hours
