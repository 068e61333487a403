"""The library to take away: exactly what is filtered, as CSV, JSON or GeoJSON.

Each is streamed, sheet by sheet, in the memory of one batch. None of them says who wrote or checked a sheet: no
personal data leaves the site in a file. docs/exports.md describes the fields, docs/export.schema.json the JSON.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from home.delivery.spreadsheets import harmless
from home.delivery.turns import BusyError, Turns, in_time, too_busy
from home.templatetags.partial_dates import partial_date
from practices.listing import FacetedList

if TYPE_CHECKING:
    from practices.sheets import PracticePage

BOM = "\ufeff"  # without it spreadsheets read UTF-8 as something else
LICENCE = "CC BY-SA 4.0"
# Each reads the whole library: a few at once, so that the pages have the rest of the machine.
TURNS = Turns("exports", places=4)
LONGEST = 300  # seconds
BLOCK_END = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>")


def item(sheet: PracticePage, request: HttpRequest) -> dict[str, Any]:
    """A sheet as the JSON file tells it: slugs of the closed lists, dates as ISO 8601 (a year or a month will do)."""
    territory, themes = sheet.territory, sheet.themes
    return {
        "slug": sheet.slug,
        "title": sheet.title,
        "url": sheet.get_full_url(request) or "",
        "introduction": sheet.introduction,
        "territory": territory.slug if territory else None,
        "territory_name": territory.title if territory else None,
        "country": territory.country if territory else None,
        "theme": themes[0].slug if themes else None,
        "themes": [theme.slug for theme in themes],
        "subthemes": [link.subtheme.slug for link in sheet.theme_links.all() if link.subtheme],
        "publics": [link.public.slug for link in sheet.public_links.all()],
        "type": sheet.practice_type.slug if sheet.practice_type else None,
        "actors": [
            {
                "name": actor.name,
                "type": actor.actor_type.slug if actor.actor_type else None,
                "role": actor.role,
            }
            for actor in sheet.actors.all()
        ],
        "state": sheet.state or None,
        "state_date": sheet.state_date or None,
        "start": sheet.start or None,
        "end": sheet.end or None,
        "evidence": sheet.evidence or None,
        "people_place": sheet.people_place or None,
        "budget": sheet.budget_band or None,
        "problem": plain(sheet.problem),
        "limits": plain(sheet.limits),
        "source_conflicts": plain(sheet.source_conflicts),
        "sources": [
            {
                "title": source.title,
                "publisher": source.publisher,
                "date": source.date or None,
                "url": source.url or None,
            }
            for source in sheet.sources.all()
        ],
        "tags": [tagged.tag.slug for tagged in sheet.tagged_items.all()],
        "checked_on": sheet.checked_on,
        "archived_on": sheet.archived_on,
        "published_at": sheet.first_published_at,
        "updated_at": sheet.last_published_at,
        "licence": sheet.licence,
    }


def row(sheet: PracticePage, request: HttpRequest) -> dict[str, str]:
    """A sheet as one line of a spreadsheet: French headings, names rather than slugs, several values on one line."""
    territory = sheet.territory
    return {
        _("Titre"): sheet.title,
        _("Chapô"): sheet.introduction,
        _("Territoire"): territory.title if territory else "",
        _("Pays"): territory.get_country_display() if territory else "",
        _("Thèmes"): _several(theme.name for theme in sheet.themes),
        _("Sous-thèmes"): _several(link.subtheme for link in sheet.theme_links.all() if link.subtheme),
        _("Publics"): _several(link.public for link in sheet.public_links.all()),
        _("Type de pratique"): str(sheet.practice_type or ""),
        _("Acteurs"): _several(f"{actor.name} ({actor.get_role_display()})" for actor in sheet.actors.all()),
        _("Où en est la pratique"): sheet.get_state_display(),
        _("État connu au"): partial_date(sheet.state_date),
        _("Début"): partial_date(sheet.start),
        _("Fin"): partial_date(sheet.end),
        _("Sur quoi s’appuie la fiche"): sheet.get_evidence_display(),
        _("Place des personnes concernées"): sheet.get_people_place_display(),
        _("Budget"): sheet.get_budget_band_display(),
        _("À quel problème elle répond"): plain(sheet.problem),
        _("Limites et points de vigilance"): plain(sheet.limits),
        _("Là où les sources divergent"): plain(sheet.source_conflicts),
        _("Sources"): _several(_reference(source) for source in sheet.sources.all()),
        _("Mots-clés"): _several(tagged.tag for tagged in sheet.tagged_items.all()),
        _("Vérifiée le"): sheet.checked_on.isoformat() if sheet.checked_on else "",
        _("Archivée le"): sheet.archived_on.isoformat() if sheet.archived_on else "",
        _("Adresse"): sheet.get_full_url(request) or "",
        _("Licence"): sheet.licence,
    }


def csv_response(listing: FacetedList, request: HttpRequest) -> HttpResponseBase:
    """The sheets of *listing* for a spreadsheet. The separator is the one that French ones expect."""
    return _streamed(request, _csv_lines(listing, request), "text/csv; charset=utf-8", "pratiques.csv")


def json_response(listing: FacetedList, request: HttpRequest) -> HttpResponseBase:
    """The sheets of *listing* as ``{"total": n, "items": [...]}`` (docs/export.schema.json)."""
    head = {
        "source": request.build_absolute_uri(listing.url()),
        "exported_at": timezone.now(),
        "licence": LICENCE,
        "total": listing.total,
    }
    return _streamed(
        request,
        _json_document(head, "items", (item(sheet, request) for sheet in _sheets(listing))),
        "application/json",
        "pratiques.json",
    )


def geojson_response(listing: FacetedList, request: HttpRequest) -> HttpResponseBase:
    """The sheets of *listing* at the centre of their territory (RFC 7946)."""
    features = (feature(sheet, request) for sheet in _sheets(listing))
    head = {"type": "FeatureCollection", "total": listing.total, "licence": LICENCE}
    return _streamed(
        request, _json_document(head, "features", features), "application/geo+json", "pratiques.geojson"
    )


def feature(sheet: PracticePage, request: HttpRequest) -> dict[str, Any]:
    """*sheet* as a GeoJSON feature; without geometry where its territory has no coordinates."""
    territory, geometry = sheet.territory, None
    if territory and territory.latitude is not None and territory.longitude is not None:
        geometry = {"type": "Point", "coordinates": [territory.longitude, territory.latitude]}
    return {"type": "Feature", "id": sheet.slug, "geometry": geometry, "properties": item(sheet, request)}


def plain(html: str) -> str:
    """The words of a rich text, a line for each paragraph."""
    lines = unescape(strip_tags(BLOCK_END.sub("\n", html))).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


class _Echo:
    """What ``csv`` writes to, handing each line back."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(listing: FacetedList, request: HttpRequest) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    headings: list[str] = list(row(listing.pages.model(), request))
    yield BOM + writer.writerow(headings)
    for sheet in _sheets(listing):
        yield writer.writerow([harmless(cell) for cell in row(sheet, request).values()])


def _json_document(head: dict[str, Any], name: str, things: Iterable[Any]) -> Iterator[str]:
    """*head* with the list *name* as its last member, one thing a line."""
    yield json.dumps(head, cls=DjangoJSONEncoder, ensure_ascii=False)[:-1] + f', "{name}": ['
    separator = "\n"
    for thing in things:
        yield separator + json.dumps(thing, cls=DjangoJSONEncoder, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def _sheets(listing: FacetedList) -> Iterator[PracticePage]:
    return listing.each(lambda pages: pages.for_export())


def _streamed(
    request: HttpRequest, lines: Iterator[str], content_type: str, filename: str
) -> HttpResponseBase:
    try:
        turn = TURNS.take()
    except BusyError:
        return too_busy(request, wait=60)
    response = StreamingHttpResponse(in_time(lines, LONGEST), content_type=content_type)
    # Given back when the last line is sent, or the reader has gone.
    response._resource_closers.append(turn.release)  # type: ignore[attr-defined]
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _several(values: Iterable[Any]) -> str:
    return " | ".join(str(value) for value in values)


def _reference(source: Any) -> str:
    return ", ".join(filter(None, [source.title, source.publisher, partial_date(source.date), source.url]))
