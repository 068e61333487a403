"""The admin's own French: compiled, up to date, and without English left over."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

from django.conf import settings
from django.utils import translation

FOLDER = Path(settings.LOCALE_PATHS[0]) / "fr" / "LC_MESSAGES"


def entries() -> dict[str, str]:
    """What the catalogue that people edit says, by its English text."""
    text = (FOLDER / "django.po").read_text(encoding="utf-8")
    # Texts with a context of their own (taggit's) are left to taggit.
    text = re.sub(r"^msgctxt .*\nmsgid .*\nmsgstr .*$", "", text, flags=re.MULTILINE)
    pairs = re.findall(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)', text, re.MULTILINE)
    read = [
        tuple("".join(map(ast.literal_eval, part.split("\n")[:-1] or [part])) for part in pair)
        for pair in pairs
    ]
    return {english: french for english, french in read if english}


def test_what_is_compiled_is_what_is_written() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    assert {english: compiled.gettext(english) for english in entries()} == entries()


def test_ours_wins_over_wagtail_s() -> None:
    with translation.override("fr"):
        assert translation.gettext("Any") == "Peu importe"
        assert "relecture" in translation.gettext("Submit for moderation")


def test_keeps_no_placeholder_that_the_english_text_lacks() -> None:
    for english, french in entries().items():
        assert set(re.findall(r"%\(\w+\)s|{\w+}", french)) <= set(re.findall(r"%\(\w+\)s|{\w+}", english)), (
            english
        )
