"""How the filtered library grows: its time and queries at each size, and against the same facts in hand-written SQL."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string

ROUNDS = 5
BUDGET = 15
QUERIES = [
    "",
    "theme=sante&theme=premier-accueil&territoire=liege",
    "etat=en-place&public=femmes&appui=documente",
]
# Each facet's join, from the table of sheets « s », and the column that is counted.
JOINS = {
    "theme": (
        "JOIN practices_practicetheme l ON l.practice_id = s.page_ptr_id JOIN practices_theme v ON v.id = l.theme_id",
        "v.slug",
    ),
    "territoire": ("JOIN wagtailcore_page v ON v.id = s.territory_id", "v.slug"),
    "public": (
        (
            "JOIN practices_practicepublic l ON l.practice_id = s.page_ptr_id "
            "JOIN practices_public v ON v.id = l.public_id"
        ),
        "v.slug",
    ),
    "acteur": (
        (
            "JOIN practices_practiceactor l ON l.practice_id = s.page_ptr_id "
            "JOIN practices_actortype v ON v.id = l.actor_type_id"
        ),
        "v.slug",
    ),
    "type": ("JOIN practices_practicetype v ON v.id = s.practice_type_id", "v.slug"),
    "etat": ("", "s.state"),
    "appui": ("", "s.evidence"),
    "place": ("", "s.people_place"),
    "tag": (
        (
            "JOIN practices_practicetag l ON l.content_object_id = s.page_ptr_id "
            "JOIN taggit_tag v ON v.id = l.tag_id"
        ),
        "v.slug",
    ),
}
FINER = (
    (
        "JOIN practices_practicetheme l ON l.practice_id = s.page_ptr_id "
        "JOIN practices_subtheme v ON v.id = l.subtheme_id"
    ),
    "v.slug",
)


@dataclass
class LibraryMeasure:
    """One address at one size; times in milliseconds, all of them in this run."""

    sheets: int
    query: str
    page: float
    counts: float
    by_hand: float
    queries: int
    agrees: bool

    @property
    def kept(self) -> bool:
        return self.queries <= BUDGET and self.agrees

    def facts(self) -> dict[str, Any]:
        return {**asdict(self), "kept": self.kept}


def library_measures(sheets: int, fetch: Callable[[str], bytes]) -> list[LibraryMeasure]:
    """The library of a site that has *sheets* more or less; *fetch* asks for a page."""
    return [_measure(sheets, query, fetch) for query in QUERIES]


def _measure(sheets: int, query: str, fetch: Callable[[str], bytes]) -> LibraryMeasure:
    address = f"/pratiques/?{query}"
    fetch(address)
    with CaptureQueriesContext(connection) as captured:
        fetch(address)
    number = len(captured)
    counted, by_hand = counts(query), counts_by_hand(query)
    return LibraryMeasure(
        sheets,
        query,
        _median(lambda: fetch(address)),
        _median(lambda: counts(query)),
        _median(lambda: counts_by_hand(query)),
        number,
        agrees=all(counted[facet].get(slug, 0) == count for facet, slug, count in by_hand),
    )


def counts(query: str) -> dict[str, dict[str, int]]:
    """What the site counts."""
    listing_for = import_string("practices.library.listing_for")  # once the apps are ready
    counted: dict[str, dict[str, int]] = listing_for(_library(), QueryDict(query)).counts
    return counted


def counts_by_hand(query: str) -> list[tuple[str, str, int]]:
    """The same facts, as somebody would ask for them who knows the tables by heart."""
    chosen = dict(QueryDict(query).lists())
    parts: list[str] = []
    values: list[str] = []
    for facet, (join, column) in [*JOINS.items(), ("theme", FINER)]:
        where = ["p.live", "p.url_path LIKE %s"]
        values += [facet, f"{_library().url_path}%"]
        for other, slugs in chosen.items():
            if other != facet:
                marks = ", ".join(["%s"] * len(slugs))
                other_join, other_column = JOINS[other]
                answering = f"FROM practices_practicepage s {other_join} WHERE {other_column} IN ({marks})"
                where.append(f"s.page_ptr_id IN (SELECT s.page_ptr_id {answering})")
                values += slugs
        parts.append(
            f"SELECT %s, {column}, COUNT(DISTINCT s.page_ptr_id) FROM practices_practicepage s "
            f"JOIN wagtailcore_page p ON p.id = s.page_ptr_id {join} WHERE {' AND '.join(where)} GROUP BY {column}"
        )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return [(facet, slug, count) for facet, slug, count in cursor.fetchall()]


def _library() -> Any:
    return apps.get_model("practices", "PracticeIndexPage").objects.get()


def _median(asked: Callable[[], object]) -> float:
    times = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        asked()
        times.append(time.perf_counter() - started)
    return round(statistics.median(times) * 1000, 1)
