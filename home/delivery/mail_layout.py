"""The text of a mail as parts of its HTML: paragraphs, what somebody said, lists, and the thing to do as a button."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings

QUOTE = "> "
BULLET = "– "


@dataclass(frozen=True)
class Part:
    """``kind`` is « text », « quote », « list » or « button » (whose ``text`` is its label)."""

    kind: str
    text: str = ""
    url: str = ""
    lines: tuple[str, ...] = ()


def quoted(words: str) -> str:
    """*words* as something that was said, each line marked as mails do."""
    return "\n".join(f"{QUOTE}{line}".rstrip() for line in words.strip().splitlines())


def tidy(text: str) -> str:
    """*text* without the empty lines that the conditions of a template leave behind."""
    return re.sub(r"\n[ \t]*(?:\n[ \t]*)+\n", "\n\n", text.strip())


def parts(text: str) -> list[Part]:
    """What stands between empty lines, each as what it is."""
    return [
        _part([line for line in block.splitlines() if line.strip()]) for block in text.strip().split("\n\n")
    ]


def _part(lines: list[str]) -> Part:
    if all(line.startswith(QUOTE.strip()) for line in lines):
        return Part("quote", "\n".join(line.removeprefix(QUOTE.strip()).removeprefix(" ") for line in lines))
    if all(line.startswith((BULLET, "  ")) for line in lines):
        return Part("list", lines=_items(lines))
    label, url = lines[0], lines[-1].strip()
    # Only to this site: a label and an address that somebody else wrote must not look like something of ours.
    if (
        len(lines) == len([label, url])
        and url.startswith(f"{settings.WAGTAILADMIN_BASE_URL}/")
        and " " not in url
    ):
        return Part("button", label.rstrip(" \N{NO-BREAK SPACE}:"), url)
    return Part("text", "\n".join(lines))


def _items(lines: list[str]) -> tuple[str, ...]:
    """Lines that begin with a dash, each with those below it that are set in."""
    items: list[str] = []
    for line in lines:
        if line.startswith(BULLET) or not items:
            items.append(line.removeprefix(BULLET))
        else:
            items[-1] += f"\n{line.strip()}"
    return tuple(items)
