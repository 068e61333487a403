"""What search keeps: where each word stands, and under which words each page and each term is found.

Pages are numbered in blocks of 256. A row of ``Postings`` holds the pages of one block that contain one word, two
bytes a page, so that a word of every page costs a hundred rows in a library of thirty thousand and not thirty thousand.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.privacy.activities import TEXTS
from home.privacy.register import Kept, NothingPersonal

KEY_LENGTH = 100


class Postings(models.Model):
    """The pages of one block that contain one key: pairs of bytes, the page's place in the block and the weight.

    A key is the stem of a word, or ``#`` and the name of a term (``#practices.theme:5``) that pages carry.
    """

    privacy: ClassVar = NothingPersonal("numbers of pages, by the stem of a word")

    key = models.CharField(max_length=KEY_LENGTH)
    block = models.PositiveIntegerField()
    pages = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "block"], name="postings_key_block")]

    def __str__(self) -> str:
        return f"{self.key} ({self.block})"


class SearchText(models.Model):
    """What was last indexed of a page: its keys, to take them back, and its stems in order, for phrases."""

    privacy: ClassVar = Kept(
        TEXTS,
        personal=(
            "keys",
            "sequence",
        ),
        what=_("index de recherche"),
    )

    # No constraint in the database: migrations on their way back delete pages without knowing of this table.
    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, primary_key=True, related_name="search_text", db_constraint=False
    )
    keys = models.TextField()
    sequence = models.TextField()

    def __str__(self) -> str:
        return self.sequence


class TermWord(models.Model):
    """A word that leads to a term, and so to every page that carries the term. Weights go from 1 to 255."""

    privacy: ClassVar = NothingPersonal("words of themes, places and bylines, made again from them")

    term = models.CharField(max_length=KEY_LENGTH, db_index=True)
    key = models.CharField(max_length=KEY_LENGTH)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "term"], name="term_word_key_term")]

    def __str__(self) -> str:
        return f"{self.key} → {self.term}"


class Spelling(models.Model):
    """A word as texts spell it, to propose it to somebody who mistyped it."""

    privacy: ClassVar = Kept(
        TEXTS,
        personal=(
            "folded",
            "written",
        ),
        what=_("index de recherche"),
    )

    folded = models.CharField(max_length=KEY_LENGTH, primary_key=True)
    written = models.CharField(max_length=KEY_LENGTH)
    key = models.CharField(max_length=KEY_LENGTH)

    def __str__(self) -> str:
        return self.written
