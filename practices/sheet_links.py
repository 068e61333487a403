"""What a sheet is tied to: what took it up or gave rise to it, the same question elsewhere, how it is cited."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.practice_parts import PracticeTheme, PracticeTransfer
from practices.scales import Transfer

if TYPE_CHECKING:
    from practices.sheets import PracticePage

ELSEWHERE = 3
ORGANISATION = "Alliance Migrations"
OPPOSITE = {Transfer.TAKEN_UP_IN: Transfer.ADAPTED_FROM, Transfer.ADAPTED_FROM: Transfer.TAKEN_UP_IN}
LATEX_MARKS = re.compile(r"([\\\\{}$&#%_^~])")


def transfers_of(sheet: PracticePage) -> list[PracticeTransfer]:
    """What *sheet* says of where it was taken up, and what other public sheets say of it, turned round."""
    own = list(sheet.transfers.select_related("sheet"))
    if sheet.pk is None:
        return own
    told = {transfer.sheet_id for transfer in own}
    public = type(sheet).objects.published()
    others = PracticeTransfer.objects.filter(sheet_id=sheet.pk, practice__in=public)
    turned = [
        PracticeTransfer(
            kind=OPPOSITE[Transfer(other.kind)],
            place=other.practice.territory.title if other.practice.territory else other.practice.title,
            sheet=other.practice,
            note=other.note,
        )
        for other in others.select_related("practice__territory").order_by("practice__title")
        if other.practice_id not in told
    ]
    return own + turned


def same_theme_elsewhere(sheet: PracticePage) -> Any:
    """A few sheets on the main theme of *sheet* in other territories: those on its sub-theme first, then the newest."""
    link = sheet.theme_links.first()
    if link is None:
        return []
    others = type(sheet).objects.published().for_cards().filter(theme_links__theme_id=link.theme_id)
    closer = PracticeTheme.objects.filter(
        practice=OuterRef("pk"), subtheme__isnull=False, subtheme=link.subtheme_id
    )
    ranked = (
        others.exclude(pk=sheet.pk).exclude(territory_id=sheet.territory_id).annotate(closer=Exists(closer))
    )
    return ranked.order_by("-closer", "-first_published_at", "-pk")[:ELSEWHERE]


@dataclass(frozen=True)
class Citation:
    """How to cite a sheet: a line to paste, and an entry for reference managers."""

    text: str
    bibtex: str


def citation(sheet: PracticePage, authors: list[str], request: HttpRequest) -> Citation:
    """The citation of *sheet* by the names that its *authors* chose."""
    url = sheet.get_full_url(request) or request.build_absolute_uri()
    by, day = ", ".join(authors) or ORGANISATION, sheet.last_published_at or sheet.first_published_at
    parts = [
        f"{by}, « {sheet.title} »",
        settings.WAGTAIL_SITE_NAME,
        ORGANISATION,
        _("mis à jour le %(date)s") % {"date": date_format(day, "j F Y")} if day else "",
        url,
        sheet.licence,
    ]
    fields = {
        "author": " and ".join(f"{{{_latex(name)}}}" for name in authors or [ORGANISATION]),
        "title": f"{{{_latex(sheet.title)}}}",
        "howpublished": _latex(str(settings.WAGTAIL_SITE_NAME)),
        "publisher": ORGANISATION,
        "year": str(day.year) if day else "",
        "url": url,
        "note": _latex(sheet.licence),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return Citation(
        text=", ".join(part for part in parts if part) + ".",
        bibtex="\n".join([f"@misc{{{sheet.slug},", *lines, "}"]),
    )


def _latex(text: str) -> str:
    return LATEX_MARKS.sub(r"\\\1", text)
