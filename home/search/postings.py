"""Writing and reading the postings: which pages contain a key, and how much it says of each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from django.db import connection, transaction
from django.db.models import BinaryField, CharField, Q, Value
from django.db.models.functions import Cast, Concat

from home.search.indexing import EVERY_PAGE, PageEntry
from home.search.models import Postings, SearchText, Spelling, TermWord

BLOCK = 256
MANY = 500  # values of one query
Weights = dict[int, int]
Terms = dict[str, list[tuple[str, int]]]  # by the word that leads there: the key of the term, and how surely


def read(keys: Collection[str]) -> dict[str, Weights]:
    """For each of *keys*, the primary keys of the pages that contain it, with its weight there. One query."""
    found: dict[str, Weights] = {key: {} for key in keys}
    for key, block, pages in Postings.objects.filter(key__in=found).values_list("key", "block", "pages"):
        found[key].update((block * BLOCK + place, weight) for place, weight in _pairs(pages))
    return found


def read_with_terms(keys: Collection[str]) -> tuple[dict[str, Weights], Terms]:
    """For each of *keys*, and each term that one of them leads to, the pages that contain it with its weight there;
    and for each of *keys* the terms. One query.
    """
    found: dict[str, Weights] = defaultdict(dict)
    terms: Terms = defaultdict(list)
    term_name = Concat(Value("#"), "term")
    words = TermWord.objects.filter(key__in=keys)
    carried = words.annotate(name=term_name).values("name")
    postings = Postings.objects.filter(Q(key__in=keys) | Q(key__in=carried))
    rows = postings.values_list("key", Cast(Value(""), CharField()), "block", "pages").union(
        words.values_list("key", term_name, "weight", Cast(Value(None), BinaryField())), all=True
    )
    for key, term, number, pages in rows:
        if term:
            terms[key].append((term, number))
        else:
            found[key].update((number * BLOCK + place, weight) for place, weight in _pairs(pages))
    return found, terms


@transaction.atomic
def write(entries: Iterable[PageEntry]) -> None:
    """Put *entries* in the place of what was kept of their pages."""
    by_block = groupby(sorted(entries, key=lambda entry: entry.pk), key=lambda entry: entry.pk // BLOCK)
    for block, group in by_block:
        listed = list(group)
        _replace(block, {entry.pk: entry.weights for entry in listed})
        _keep_texts(listed)


@transaction.atomic
def forget(keys: Iterable[int]) -> None:
    """Forget the pages with these primary keys."""
    known = SearchText.objects.filter(pk__in=list(keys)).values_list("pk", flat=True)
    for block, group in groupby(sorted(known), key=lambda pk: pk // BLOCK):
        listed = list(group)
        _replace(block, {pk: {} for pk in listed})
        SearchText.objects.filter(pk__in=listed).delete()


def forget_everything() -> None:
    """Empty the tables at once, without reading their rows as an ordinary deletion does."""
    for model in (Postings, SearchText, Spelling):
        model._default_manager.all()._raw_delete(using=connection.alias)


def _pairs(pages: bytes | memoryview) -> Iterator[tuple[int, int]]:
    stored = bytes(pages)
    return zip(stored[::2], stored[1::2], strict=True)


def _replace(block: int, weights: dict[int, dict[str, int]]) -> None:
    """Give the pages of *block* new weights. Whoever else changes the block waits: rows are read, then written."""
    Postings.objects.bulk_create([Postings(key=EVERY_PAGE, block=block, pages=b"")], ignore_conflicts=True)
    list(Postings.objects.select_for_update().filter(key=EVERY_PAGE, block=block))
    changes: dict[str, dict[int, int]] = defaultdict(dict)
    for pk, old_keys in SearchText.objects.filter(pk__in=weights).values_list("pk", "keys"):
        for key in old_keys.split():
            changes[key][pk % BLOCK] = 0
    for pk, new in weights.items():
        for key, weight in new.items():
            changes[key][pk % BLOCK] = weight
    every_key = list(changes)
    for first in range(0, len(every_key), MANY):
        _change(block, {key: changes[key] for key in every_key[first : first + MANY]})


def _change(block: int, changes: dict[str, dict[int, int]]) -> None:
    """Write the rows of *block* that *changes* really change: weights by key and place, 0 to take a page away."""
    rows = Postings.objects.filter(block=block, key__in=changes)
    before = {key: dict(_pairs(pages)) for key, pages in rows.values_list("key", "pages")}
    written: list[Postings] = []
    emptied: list[str] = []
    for key, places in changes.items():
        old = before.get(key, {})
        new = {place: weight for place, weight in {**old, **places}.items() if weight}
        if not new and key != EVERY_PAGE:
            emptied.append(key)
        elif new != old:
            packed = bytes(byte for pair in sorted(new.items()) for byte in pair)
            written.append(Postings(key=key, block=block, pages=packed))
    rows.filter(key__in=emptied).delete()
    Postings.objects.bulk_create(
        written, update_conflicts=True, unique_fields=["key", "block"], update_fields=["pages"]
    )


def _keep_texts(entries: list[PageEntry]) -> None:
    SearchText.objects.bulk_create(
        [
            SearchText(page_id=entry.pk, keys=" ".join(entry.weights), sequence=entry.sequence)
            for entry in entries
        ],
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=["keys", "sequence"],
    )
