"""``make bench``: do lists stay as fast, and pages as light, as they were promised to be?

Ratios and counts are compared, which any machine can repeat; milliseconds are shown for the reader.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import platform
import re
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import django
import wagtail
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.library import LibraryMeasure, library_measures
from tests.bench.search import SearchMeasure, search_measures
from tests.bench.site import adopt, demonstration, manage, say
from tests.seeded.search_quality import NDCG, RECALL
from tests.site_ocu.processes import ROOT

FEW, MANY = 100, 1000
SIZES = "10000,30000"
ROUNDS = 15
# What ten times the sheets may cost: the list's page keeps its length, its counts have more to count.
LIST_RATIO = 6.0
LISTS = [
    "/pratiques/",
    "/pratiques/?theme=sante&theme=premier-accueil&territoire=liege",
    "/pratiques/?q=logement",
    "/pratiques/flux/",
    "/blog/",
    "/blog/?theme=sante",
    "/territoires/",
    "/recherche/?q=accueil",
    "/recherche/suggestions/?q=acc",
    "/",
]
# DESIGN §8: compressed, without images.
WEIGHTS = {
    "/": 25_000,
    "/blog/{post}/": 25_000,
    "/pratiques/liege-ville-hospitaliere/": 25_000,
    "/territoires/liege/": 25_000,
    "/pratiques/": 45_000,
}
LINKED = re.compile(r"""<(?:link[^>]+rel="stylesheet"[^>]+href|script[^>]+src)="/static/([^"]+)\"""")
REPORT = ROOT / "var" / "bench.json"


@dataclass
class Timing:
    milliseconds: float
    queries: int


@dataclass
class ListMeasure:
    address: str
    few: Timing
    many: Timing

    @property
    def ratio(self) -> float:
        return self.many.milliseconds / self.few.milliseconds

    @property
    def kept(self) -> bool:
        return self.many.queries <= self.few.queries and self.ratio <= LIST_RATIO


@dataclass
class Weight:
    address: str
    limit: int
    html: int
    linked: int

    @property
    def kept(self) -> bool:
        return self.html + self.linked <= self.limit


@dataclass
class Report:
    lists: list[ListMeasure] = field(default_factory=list)
    weights: list[Weight] = field(default_factory=list)
    library: list[LibraryMeasure] = field(default_factory=list)
    searches: list[SearchMeasure] = field(default_factory=list)
    seconds_for_sheets: float = 0.0

    @property
    def kept(self) -> bool:
        return all(one.kept for one in [*self.lists, *self.weights, *self.searches, *self.library])


def main() -> int:
    """Measure, print, write ``var/bench.json``; 1 when a promise is not kept. ``--sizes ""`` is over sooner."""
    options = argparse.ArgumentParser(description="Mesurer le site.")
    options.add_argument(
        "--sizes", default=SIZES, help="d’autres nombres de fiches auxquels mesurer la bibliothèque"
    )
    sizes = [int(size) for size in options.parse_args().sizes.split(",") if size]
    with demonstration() as environment:
        adopt(environment)
        post = newest_post()
        searches = search_measures()
        manage(environment, "seed_demo", "--practices", str(FEW), "--posts", str(FEW))
        few = {address: timing(address) for address in LISTS}
        library = library_measures(FEW, fetch)
        started = time.perf_counter()
        manage(environment, "seed_demo", "--practices", str(MANY), "--posts", str(MANY))
        report = Report(seconds_for_sheets=time.perf_counter() - started, searches=searches)
        report.lists = [ListMeasure(address, few[address], timing(address)) for address in LISTS]
        report.library = [*library, *library_measures(MANY, fetch), *library_at(environment, sizes)]
        report.weights = [weight(address.format(post=post), limit) for address, limit in WEIGHTS.items()]
    show(report)
    write(report)
    return 0 if report.kept else 1


def library_at(environment: dict[str, str], sizes: list[int]) -> Iterator[LibraryMeasure]:
    """The library at each of *sizes*, the smallest first, with as many sheets as that and the demonstration's."""
    for size in sorted(sizes):
        say(f"{size} fiches…")
        manage(environment, "seed_demo", "--practices", str(size))
        yield from library_measures(size, fetch)


def timing(address: str) -> Timing:
    """The median time of *address* once it is warm, and its number of queries."""
    fetch(address)
    with CaptureQueriesContext(connection) as queries:
        fetch(address)
    count = len(queries)  # the next request empties the log
    times = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        fetch(address)
        times.append(time.perf_counter() - started)
    return Timing(round(statistics.median(times) * 1000, 1), count)


def weight(address: str, limit: int) -> Weight:
    """The bytes of a first view of *address*: its HTML as a proxy compresses it, its style and scripts."""
    html = fetch(address)
    files = [Path(settings.STATIC_ROOT) / name for name in LINKED.findall(html.decode())]
    return Weight(address, limit, len(gzip.compress(html, 6)), sum(compressed_size(file) for file in files))


def compressed_size(file: Path) -> int:
    """The size of the Brotli file beside *file*, or of *file* where compressing gained nothing."""
    brotli = file.with_name(f"{file.name}.br")
    return (brotli if brotli.exists() else file).stat().st_size


def newest_post() -> str:
    """The slug of the blog's first post, asked before the generated ones come, which are all alike."""
    slugs = re.findall(r'/blog/([\w-]+)/"', fetch("/blog/").decode())
    return next(slug for slug in slugs if slug != "flux")


def fetch(address: str) -> bytes:
    """The body of *address*; raise when it is not 200."""
    response = Client(headers={"host": "127.0.0.1"}).get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")
    return bytes(response.content)


def show(report: Report) -> None:
    say(f"\n{'Liste':<64} {'requêtes':>12} {f'{FEW} (ms)':>10} {f'{MANY} (ms)':>10} {'rapport':>8}")
    for one in report.lists:
        queries = f"{one.few.queries} → {one.many.queries}"
        times = f"{one.few.milliseconds:>10} {one.many.milliseconds:>10} {one.ratio:>8.1f}"
        say(f"{one.address:<64} {queries:>12} {times} {'' if one.kept else ' DÉPASSÉ'}")
    say(
        f"\n{'Bibliothèque filtrée':<64} {'fiches':>8} {'page (ms)':>10} {'comptes':>8} {'SQL':>8} {'requêtes':>9}"
    )
    for row in report.library:
        times = f"{row.sheets:>8} {row.page:>10} {row.counts:>8} {row.by_hand:>8} {row.queries:>9}"
        say(f"{'/pratiques/?' + row.query:<64} {times} {'' if row.kept else ' DÉPASSÉ'}")
    head = f"{'HTML':>12} {'CSS et JS':>10} {'total':>10} {'permis':>8}"
    say(f"\n{'Première visite, comprimée, sans images':<64} {head}")
    for view in report.weights:
        sizes = f"{view.html:>12} {view.linked:>10} {view.html + view.linked:>10} {view.limit:>8}"
        say(f"{view.address:<64} {sizes} {'' if view.kept else ' DÉPASSÉ'}")
    say(f"\n{'Recherche : requêtes jugées, fiches et billets':<64} {'rappel@10':>12} {'nDCG@10':>10}")
    for search in report.searches:
        say(
            f"{search.name:<64} {search.recall:>12} {search.ndcg:>10} {'' if search.kept else ' INSUFFISANT'}"
        )
    say(f"{'promis':<64} {RECALL:>12} {NDCG:>10}")
    say(f"\n{MANY - FEW} fiches et autant de billets de plus en {report.seconds_for_sheets:.0f} s\n")


def write(report: Report) -> None:
    facts: dict[str, Any] = {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "versions": {
            "python": platform.python_version(),
            "django": django.__version__,
            "wagtail": wagtail.__version__,
        },
        "sheets": [FEW, MANY],
        "kept": report.kept,
        "lists": [{**asdict(one), "ratio": round(one.ratio, 2), "kept": one.kept} for one in report.lists],
        "weights": [{**asdict(view), "kept": view.kept} for view in report.weights],
        "library": [one.facts() for one in report.library],
        "searches": [search.facts() for search in report.searches],
        "seconds_for_sheets": round(report.seconds_for_sheets, 1),
    }
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n")
    say(f"Écrit dans {REPORT.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
