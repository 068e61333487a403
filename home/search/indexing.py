"""What the index keeps of a page: which words it is found by, and how much each of them says about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.html import strip_tags
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField

from home.search.models import KEY_LENGTH
from home.search.terms import name_of
from home.search.words import Word, keys_of, readable, words

if TYPE_CHECKING:
    from home.pages.base import BasePage

FULL = 255
EVERY_PAGE = "#"
# How much one occurrence counts, by where it stands. Words of themes and territories: see ``home.search.terms``.
TITLE, INTRODUCTION, ABOUT, BODY = 10.0, 4.0, 3.0, 1.0
# BM25's saturation, and its correction for long bodies: words in an ordinary body, and how much longer ones lose.
SATURATION = 3.5
USUAL_LENGTH, LENGTH_EFFECT = 600, 0.5
# Between two texts of a page, so that no phrase goes from one into the other.
BORDER = "|"


@dataclass
class PageEntry:
    """The weights (1 to 255) of the keys of a page, its stems in order, each of its words once."""

    pk: int
    weights: dict[str, int]
    sequence: str = ""
    words: dict[str, Word] = field(default_factory=dict)


def page_texts(page: BasePage) -> dict[float, list[str]]:
    """The texts of *page* as its readers see them, by what a word of them counts."""
    texts = {
        TITLE: [page.title],
        INTRODUCTION: [page.introduction],
        ABOUT: page.extra_search_text(),
        BODY: body_texts(page),
    }
    return {weight: [readable(str(part)) for part in parts if part] for weight, parts in texts.items()}


# Blocks that show something of elsewhere, each of which has to be fetched.
REFERRING = ("image", "documents", "related_practices")


def body_texts(page: BasePage, *, own_words: bool = False) -> list[str]:
    """The paragraphs of *page*, of its blocks and rich texts; with *own_words*, without what has to be fetched."""
    texts: list[str] = []
    for model_field in page._meta.get_fields():
        if isinstance(model_field, StreamField):
            value = getattr(page, model_field.name)
            if own_words:
                kept = [block for block in value.raw_data if block["type"] not in REFERRING]
                value = StreamValue(value.stream_block, kept, is_lazy=True)
            texts += value.stream_block.get_searchable_content(value)
        elif isinstance(model_field, RichTextField):
            texts.append(strip_tags(getattr(page, model_field.name).replace("<", " <")))
    return texts


def phrase_of(found: list[Word]) -> str:
    """The words in order, stop words included, as phrases are looked for."""
    return f" {' '.join(word.folded if word.is_stop_word else word.stem for word in found)} "


def page_entry(page: BasePage) -> PageEntry:
    """What the index keeps of *page*."""
    counts: Counter[str] = Counter()
    entry = PageEntry(page.pk, {EVERY_PAGE: FULL})
    for weight, parts in page_texts(page).items():
        found = [words(part) for part in parts]
        each = weight / (_length_effect(sum(map(len, found))) if weight == BODY else 1)
        for part in found:
            counts.update({key: each * count for key, count in Counter(keys_of(part)).items()})
            entry.sequence += phrase_of(part) + BORDER
            entry.words.update((word.written, word) for word in part)
    for key, count in counts.items():
        entry.weights[key[:KEY_LENGTH]] = max(1, round(FULL * count / (count + SATURATION)))
    entry.weights.update((f"#{name_of(term)}", FULL) for term in page.search_terms())
    return entry


def _length_effect(length: int) -> float:
    """How much less a word says in a body of *length* words than in an ordinary one."""
    return max(1, 1 - LENGTH_EFFECT + LENGTH_EFFECT * length / USUAL_LENGTH)
