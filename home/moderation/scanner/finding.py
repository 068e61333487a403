"""What the scanner found, told so that a person sees it at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from home.moderation.scanner.addresses import addresses
from home.moderation.scanner.births import births
from home.moderation.scanner.emails import emails
from home.moderation.scanner.names import names
from home.moderation.scanner.numbers import numbers
from home.moderation.scanner.passages import Passage
from home.moderation.scanner.phones import phones
from home.moderation.scanner.spans import Kind, Span, without_overlaps
from home.moderation.scanner.typography import folded, legible, plain

# Where two read the same characters, the first one is believed.
DETECTORS = (emails, numbers, phones, births, addresses, names)
AROUND = 60
KEY_LENGTH = 12


@dataclass(frozen=True)
class Finding:
    """A stretch of text that may lead to a person, with the words around it."""

    kind: Kind
    match: str
    before: str = ""
    after: str = ""
    place: str = ""

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def quote(self) -> str:
        return f"{self.before}{self.match}{self.after}"

    @property
    def key(self) -> str:
        """What tells this finding from another, wherever it stands and however it is spaced."""
        letters = re.sub(r"\W", "", plain(folded(self.match)))
        return hashlib.sha256(f"{self.kind} {letters}".encode()).hexdigest()[:KEY_LENGTH]


def scan(text: str) -> list[Finding]:
    """What stands in *text*, in its order."""
    shown = legible(text)
    read = folded(shown)
    spans = without_overlaps((span for detector in DETECTORS for span in detector(read)), len(read))
    return [_quoted(shown, span) for span in spans]


def scan_passages(passages: Iterable[Passage]) -> list[Finding]:
    """What stands in *passages*; the same thing at the same place is said once."""
    found = (replace(finding, place=passage.place) for passage in passages for finding in scan(passage.text))
    return list(_once(found))


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    seen = set()
    for finding in findings:
        if (identity := (finding.key, finding.place)) not in seen:
            seen.add(identity)
            yield finding


def _quoted(text: str, span: Span) -> Finding:
    before = text[max(0, span.start - AROUND) : span.start]
    after = text[span.end : span.end + AROUND]
    if span.start > AROUND:
        before = "…" + before.partition(" ")[2]
    if span.end + AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return Finding(span.kind, match=text[span.start : span.end], before=before, after=after)
