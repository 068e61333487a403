"""Terms: what pages carry and are found by without holding its words – themes, territories, people, tags.

The words of a term are kept once, not on each of its pages: when an editor adds a synonym to a theme, renames a
territory or an author changes their byline, nothing else has to be indexed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from home.search import vocabulary
from home.search.models import KEY_LENGTH, TermWord
from home.search.units import units
from home.search.words import keys_of, readable, words

# What a word that leads to a term counts: the name of a place or a person says more than a neighbour of a theme's.
NAME, LABEL, SYNONYM, NEAR = 190, 120, 75, 35
# One word of several (« foyer » of « foyer de travailleurs ») leads less surely to the term.
PART = 0.6
Words = Callable[[Any], Iterable[tuple[str, int]]]

_words_of: dict[type[Model], Words] = {}


def register(model: type[Model], words_of: Words, parts: dict[type[Model], str] | None = None) -> None:
    """Let pages be found by what *words_of* says of the instances of *model*: texts, each with its weight.

    *parts* are models whose rows belong to a term, with the name of the field that leads to it.
    """
    _words_of[model] = words_of
    name = f"home.search.{model._meta.label_lower}"
    post_save.connect(follow_saved, sender=model, dispatch_uid=name)
    post_delete.connect(follow_deleted, sender=model, dispatch_uid=name)
    for part, field in (parts or {}).items():
        for signal in (post_save, post_delete):
            signal.connect(_follower(field), sender=part, dispatch_uid=f"{name}.{part.__name__}", weak=False)


def registered() -> list[type[Model]]:
    return list(_words_of)


def name_of(term: Model) -> str:
    """The name under which pages carry *term*: « practices.theme:5 »."""
    return f"{term._meta.label_lower}:{term.pk}"


def follow_saved(instance: Model, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        index_terms([instance])


def follow_deleted(instance: Model, **kwargs: Any) -> None:
    TermWord.objects.filter(term=name_of(instance)).delete()


@transaction.atomic
def index_terms(terms: Iterable[Model]) -> None:
    """Keep the words that lead to each of *terms*, and forget those that did."""
    listed = list(terms)
    weights = {name_of(term): _weights(term) for term in listed}
    vocabulary.keep(word for term in listed for text, _weight in _texts(term) for word in words(text))
    TermWord.objects.filter(term__in=weights).delete()
    TermWord.objects.bulk_create(
        [
            TermWord(term=term, key=key[:KEY_LENGTH], weight=weight)
            for term, found in weights.items()
            for key, weight in found.items()
        ],
        batch_size=500,
    )


def index_all_terms() -> None:
    """Build the words of every term anew."""
    TermWord.objects.all().delete()
    for model in _words_of:
        index_terms(model._default_manager.all())


def _texts(term: Model) -> list[tuple[str, int]]:
    return [(readable(str(text)), weight) for text, weight in _words_of[type(term)](term)]


def _weights(term: Model) -> dict[str, int]:
    """The keys that lead to *term*, each with the most that one of its texts gives it."""
    found: dict[str, int] = {}
    for text, weight in _texts(term):
        listed = words(text)
        is_one = weight in (NAME, LABEL) or len(units(listed)) == 1
        for key in keys_of(listed):
            found[key] = max(weight if is_one else round(weight * PART), found.get(key, 0))
    return found


def _follower(field: str) -> Callable[..., None]:
    def follow_part(instance: Model, raw: bool = False, **kwargs: Any) -> None:
        term = getattr(instance, field)
        if not raw and term.pk:
            index_terms([term])

    return follow_part
