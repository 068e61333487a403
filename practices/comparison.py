"""Two to four sheets side by side. The address holds which: no account, no cookie."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, QueryDict
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import expand_db_html

from home.templatetags.partial_dates import partial_date
from practices.library import COMPARED, listing_for

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from practices.sheets import PracticeIndexPage, PracticePage

FEWEST, MOST = 2, 4
MAX_UNKNOWN = 5


@dataclass(frozen=True)
class Item:
    """One thing that a sheet says; ``shared`` when all the others say it too."""

    text: str
    shared: bool


@dataclass(frozen=True)
class Cell:
    """What one sheet says of one aspect, item by item; nothing when it does not say."""

    sheet: PracticePage
    items: list[Item]


@dataclass(frozen=True)
class Row:
    """One aspect of all the sheets."""

    label: StrOrPromise
    cells: list[Cell]

    @property
    def differs(self) -> bool:
        return any(not item.shared for cell in self.cells for item in cell.items)

    @property
    def is_silent(self) -> bool:
        """Whether none of the sheets says anything."""
        return not any(cell.items for cell in self.cells)


@dataclass(frozen=True)
class Part:
    """Aspects that belong together."""

    label: StrOrPromise
    rows: list[Row]


@dataclass(frozen=True)
class Aspect:
    """A question that is asked of every sheet: the texts with which a sheet answers."""

    label: StrOrPromise
    answers: Callable[[Any], Iterable[Any]]


def _one(value: Any) -> list[str]:
    return [str(value)] if value else []


def _date(value: str | None) -> list[str]:
    return _one(value and partial_date(value))


def _prose(html: str) -> list[str]:
    return [mark_safe(expand_db_html(html))] if html else []  # noqa: S308  (what the sheet's own page shows)


def _dated_state(sheet: PracticePage) -> list[str]:
    known = partial_date(sheet.state_date) if sheet.state_date else ""
    return [" · ".join(filter(None, [sheet.get_state_display(), known]))]


PARTS = [
    (
        _("En bref"),
        [
            Aspect(_("Territoire"), lambda sheet: _one(sheet.territory and sheet.territory.title)),
            Aspect(_("Pays"), lambda sheet: _one(sheet.territory and sheet.territory.get_country_display())),
            Aspect(_("Thèmes"), lambda sheet: [theme.name for theme in sheet.themes]),
            Aspect(
                _("Plus précisément"),
                lambda sheet: [str(link.subtheme) for link in sheet.theme_links.all() if link.subtheme],
            ),
            Aspect(_("Type"), lambda sheet: _one(sheet.practice_type)),
            Aspect(_("Pour qui"), lambda sheet: [link.public.name for link in sheet.public_links.all()]),
            Aspect(_("Portée par"), lambda sheet: [actor.name for actor in sheet.lead_actors]),
            Aspect(_("Avec"), lambda sheet: [actor.name for actor in sheet.partners]),
            Aspect(_("Début"), lambda sheet: _date(sheet.start)),
            Aspect(_("Fin"), lambda sheet: _date(sheet.end)),
        ],
    ),
    (
        _("Où elle en est"),
        [
            Aspect(_("État"), _dated_state),
            Aspect(_("Sur quoi s’appuie la fiche"), lambda sheet: _one(sheet.get_evidence_display())),
            Aspect(_("Place des personnes concernées"), lambda sheet: _one(sheet.get_people_place_display())),
            Aspect(
                _("Vérifiée"),
                lambda sheet: _one(sheet.checked_on and date_format(sheet.checked_on, "j F Y")),
            ),
            Aspect(_("Sources citées"), lambda sheet: _one(len(sheet.sources.all()))),
        ],
    ),
    (
        _("Ce qu’elle apporte, et ses limites"),
        [
            Aspect(_("À quel problème elle répond"), lambda sheet: _prose(sheet.problem)),
            Aspect(_("Limites et points de vigilance"), lambda sheet: _prose(sheet.limits)),
            Aspect(_("Là où les sources divergent"), lambda sheet: _prose(sheet.source_conflicts)),
            Aspect(
                _("Résultats connus"),
                lambda sheet: [
                    f"{result.value} {result.unit} ({partial_date(result.date)}, {result.source})"
                    for result in sheet.results.all()
                ],
            ),
        ],
    ),
    (
        _("Pour la reprendre"),
        [
            Aspect(_("Budget"), lambda sheet: _one(sheet.get_budget_band_display())),
            Aspect(_("Moyens"), lambda sheet: _one(sheet.means)),
            Aspect(_("Personnel salarié"), lambda sheet: _one(sheet.staff)),
            Aspect(_("Bénévoles"), lambda sheet: _one(sheet.volunteers)),
            Aspect(_("Qui finance"), lambda sheet: _one(sheet.funders)),
            Aspect(_("Base juridique"), lambda sheet: _prose(sheet.legal_basis)),
            Aspect(_("Conditions d’une reprise ailleurs"), lambda sheet: _prose(sheet.transfer_conditions)),
            Aspect(
                _("Briques à reprendre"), lambda sheet: [row.title for row in sheet.building_blocks.all()]
            ),
            Aspect(_("Ce qu’on ferait autrement"), lambda sheet: _prose(sheet.differently)),
        ],
    ),
]


def comparison_context(page: PracticeIndexPage, request: HttpRequest) -> dict[str, Any]:
    """What the page shows: the sheets that the address names, their aspects, and what of the address was no use."""
    asked = list(dict.fromkeys(slug for slug in request.GET.getlist(COMPARED) if slug))
    path = page.get_url(request)
    pages = listing_for(page, QueryDict(), path).pages
    known = {sheet.slug: sheet for sheet in pages.for_comparison().filter(slug__in=asked[: MOST * 10])}
    sheets = [known[slug] for slug in asked if slug in known]
    shown = sheets[:MOST]
    only_differences = request.GET.get("differences") == "1"
    return {
        "sheets": [(sheet, _address(shown, without=sheet)) for sheet in shown],
        "parts": compare(shown, only_differences=only_differences) if len(shown) >= FEWEST else [],
        "only_differences": only_differences,
        "unknown": [slug[:80] for slug in asked[: MOST * 10] if slug not in known][:MAX_UNKNOWN],
        "left_out": sheets[MOST:],
        "fewest": FEWEST,
        "most": MOST,
        "choose_url": f"{path}{_address(shown)}",
        "all_url": _address(shown),
        "differences_url": f"{_address(shown)}&differences=1",
    }


def _address(sheets: Iterable[PracticePage], without: PracticePage | None = None) -> str:
    """The query string that names *sheets*; « ? » alone when it names none, which is a link all the same."""
    query = QueryDict(mutable=True)
    query.setlist(COMPARED, [sheet.slug for sheet in sheets if sheet != without])
    return f"?{query.urlencode()}"


def compare(sheets: list[PracticePage], *, only_differences: bool = False) -> list[Part]:
    """Each aspect of *sheets* that at least one of them speaks of; or only those in which they differ."""
    parts = [Part(label, [_row(aspect, sheets) for aspect in aspects]) for label, aspects in PARTS]
    kept = [
        Part(
            part.label,
            [row for row in part.rows if not row.is_silent and (row.differs or not only_differences)],
        )
        for part in parts
    ]
    return [part for part in kept if part.rows]


def _row(aspect: Aspect, sheets: list[PracticePage]) -> Row:
    answers = [list(aspect.answers(sheet)) for sheet in sheets]
    shared = set(answers[0]).intersection(*answers[1:])
    return Row(
        aspect.label,
        [
            Cell(sheet, [Item(text, text in shared) for text in texts])
            for sheet, texts in zip(sheets, answers, strict=True)
        ],
    )
