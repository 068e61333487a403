"""What sheets and territories say to machines (schema.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from practices.sheets import PracticePage
    from practices.territories import TerritoryPage

LICENCE_URLS = {"CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/"}


def sheet_properties(sheet: PracticePage) -> dict[str, Any]:
    """Bylines, dates, licence, place and sources of a sheet."""
    authors = [link.author.byline for link in sheet.author_links.select_related("author")]
    return {
        "headline": sheet.title,
        "datePublished": sheet.first_published_at,
        "dateModified": sheet.last_published_at,
        "author": [{"@type": "Person", "name": name} for name in authors],
        "license": LICENCE_URLS.get(sheet.licence, sheet.licence),
        "spatialCoverage": sheet.territory.title if sheet.territory else "",
        "citation": [source.url for source in sheet.sources.all() if source.url],
    }


def place_properties(territory: TerritoryPage) -> dict[str, Any]:
    """Where a territory lies."""
    address = {
        "@type": "PostalAddress",
        "addressCountry": territory.country,
        "addressRegion": territory.region,
    }
    if territory.latitude is None or territory.longitude is None:
        return {"address": address}
    geo = {"@type": "GeoCoordinates", "latitude": territory.latitude, "longitude": territory.longitude}
    return {"address": address, "geo": geo}
