"""The warning before a text is submitted, and how a form remembers that it was given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from home.moderation.scanner.finding import Finding

SEEN = "passages_seen"  # the hidden field with the keys of what was already shown
QUOTED_AT_MOST = 20


def seen_keys(data: Mapping[str, Any]) -> set[str]:
    """The keys of what the person who sent *data* had been shown."""
    return set(str(data.get(SEEN, "")).split())


def unseen(found: Iterable[Finding], data: Mapping[str, Any]) -> list[Finding]:
    """What was found and not shown yet."""
    seen = seen_keys(data)
    return [finding for finding in found if finding.key not in seen]


def warning(found: list[Finding]) -> list[str]:
    """What to say of *found*, each passage quoted."""
    sentences = [
        gettext(
            "Relisez ces passages : ils peuvent mener à une personne. Généralisez-les, ou appuyez de nouveau sur le "
            "même bouton (« Soumettre », « Publier »…) s’ils sont voulus. Rien n’est bloqué, rien n’est perdu."
        ),
        *(_quoted(finding) for finding in found[:QUOTED_AT_MOST]),
    ]
    if (more := len(found) - QUOTED_AT_MOST) > 0:
        sentences.append(gettext("Et %(count)s autres, cités au-dessus du texte.") % {"count": more})
    return sentences


def _quoted(finding: Finding) -> str:
    return gettext("%(kind)s (%(place)s) : « %(quote)s »") % {
        "kind": finding.label,
        "place": finding.place,
        "quote": finding.quote.strip(),
    }
