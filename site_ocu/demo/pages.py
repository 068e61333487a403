"""Territories, sheets, posts and plain pages of the demonstration."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from blog.models import BlogIndexPage, BlogPostAuthor, BlogPostPage, BlogPostTheme, RelatedPractice
from home.models import Author, HomePage, Session, StandardPage
from practices.models import (
    ActorType,
    CollectionIndexPage,
    CollectionPage,
    Engagement,
    PracticeActor,
    PracticeAuthor,
    PracticeBuildingBlock,
    PracticeIndexPage,
    PracticePage,
    PracticePublic,
    PracticeResult,
    PracticeSource,
    PracticeTheme,
    PracticeTransfer,
    PracticeType,
    Public,
    SubTheme,
    TerritoryFigure,
    TerritoryIndexPage,
    TerritoryPage,
    TerritoryPartner,
    Theme,
)
from site_ocu.demo.bodies import body
from site_ocu.demo.images import drawn_image
from site_ocu.demo.texts import Entry, read, read_folder

PLAIN_SHEET_FIELDS = (
    "title slug introduction state state_date state_source start end problem limits source_conflicts "
    "legal_basis budget_band means staff volunteers funders people_place people_place_note "
    "transfer_conditions differently evidence"
).split()


def seed_pages() -> None:
    """Create and publish what is missing, in the order in which pages point to each other."""
    seed_home()
    for entry in read_folder("territories"):
        seed(TerritoryIndexPage.objects.get(), entry, build_territory)
    sheets = PracticeIndexPage.objects.get()
    for entry in read_folder("practices"):
        seed(sheets, entry, build_sheet, first_published=entry["checked_on"])
    for entry in read_folder("practices"):
        link_transfers(entry)
    for entry in read_folder("posts"):
        seed(BlogIndexPage.objects.get(), entry, build_post, first_published=entry["date"])
    for entry in read_folder("collections"):
        seed(CollectionIndexPage.objects.get(), entry, build_collection)
    for entry in read("pages")["pages"]:
        seed(HomePage.objects.get(), entry, build_plain_page)


def seed(parent: Page, entry: Entry, build: Callable[[Entry], Page], first_published: str = "") -> None:
    """Publish the page that *entry* describes under *parent*, unless its slug is taken there."""
    if parent.get_children().filter(slug=entry["slug"]).exists():
        return
    page = build(entry)
    page.live = False
    if first_published:
        page.first_published_at = noon(date.fromisoformat(first_published))
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision().publish()


def noon(day: date) -> datetime:
    """*day* at noon, local time."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def stream(entry: Entry) -> str:
    """The body of *entry* as JSON."""
    return json.dumps(body(entry.get("body", []), seed=entry["slug"]))


def seed_home() -> None:
    """Write the home page, unless somebody has."""
    page, entry = HomePage.objects.get(), read("pages")["home"]
    if page.introduction:
        return
    page.introduction, page.welcome = entry["introduction"], entry["intro_html"].strip()
    page.save_revision().publish()


def build_plain_page(entry: Entry) -> StandardPage:
    return StandardPage(
        title=entry["title"],
        slug=entry["slug"],
        introduction=entry["introduction"],
        body=stream(entry),
        show_in_menus=True,
    )


def build_territory(entry: Entry) -> TerritoryPage:
    plain = ("title", "slug", "introduction", "country", "region", "kind", "latitude", "longitude")
    page = TerritoryPage(**{name: entry[name] for name in plain}, body=stream(entry))
    page.engagements = [Engagement(**row) for row in entry.get("engagements", [])]
    page.partners = [TerritoryPartner(**row) for row in entry.get("partners", [])]
    page.figures = [TerritoryFigure(**row) for row in entry.get("key_figures", [])]
    return page


def build_sheet(entry: Entry) -> PracticePage:
    page = PracticePage(
        **{name: entry[name] for name in PLAIN_SHEET_FIELDS},
        body=stream(entry),
        territory=TerritoryPage.objects.get(slug=entry["territory"]),
        practice_type=PracticeType.objects.get(slug=entry["practice_type"]),
        checked_on=date.fromisoformat(entry["checked_on"]),
        checked_by=Author.objects.get(slug=entry["checked_by"]),
    )
    page.theme_links = sheet_themes(entry)
    page.public_links = [PracticePublic(public=public) for public in terms(Public, entry["publics"])]
    page.author_links = [PracticeAuthor(author=author) for author in terms(Author, entry["authors"])]
    page.actors = [sheet_actor(row) for row in entry["actors"]]
    page.sources = [PracticeSource(**row) for row in entry["sources"]]
    page.results = [PracticeResult(**row) for row in entry.get("results", [])]
    page.building_blocks = [PracticeBuildingBlock(**row) for row in entry.get("building_blocks", [])]
    page.tags.add(*entry["tags"])
    return page


def sheet_themes(entry: Entry) -> list[PracticeTheme]:
    """The themes of a sheet, each with the one of its sub-themes that *entry* names, if any."""
    finer = {sub.theme_id: sub for sub in SubTheme.objects.filter(slug__in=entry.get("subthemes", []))}
    return [
        PracticeTheme(theme=theme, subtheme=finer.get(theme.pk)) for theme in terms(Theme, entry["themes"])
    ]


def sheet_actor(row: Entry) -> PracticeActor:
    return PracticeActor(**{**row, "actor_type": ActorType.objects.get(slug=row["actor_type"])})


def link_transfers(entry: Entry) -> None:
    """Add « repris à », « adapté de »: they point to other sheets, which now exist."""
    page = PracticePage.objects.get(slug=entry["slug"])
    rows = entry.get("transfers", [])
    if not rows or page.transfers.exists():
        return
    page.transfers = [
        PracticeTransfer(
            kind=row["kind"],
            place=row["place"],
            sheet=PracticePage.objects.filter(slug=row["practice"] or None).first(),
            url=row["url"],
            note=row["note"],
        )
        for row in rows
    ]
    page.save_revision().publish()


def build_post(entry: Entry) -> BlogPostPage:
    plain = {name: entry[name] for name in ("title", "slug", "introduction", "cover_alt")}
    page = BlogPostPage(
        **plain,
        body=stream(entry),
        date=date.fromisoformat(entry["date"]),
        territory=TerritoryPage.objects.get(slug=entry["territory"]),
        session=Session.objects.get(number=entry["session"]),
        cover=drawn_image(entry["cover"]),
    )
    page.author_links = [BlogPostAuthor(author=author) for author in terms(Author, entry["authors"])]
    page.theme_links = [BlogPostTheme(theme=theme) for theme in terms(Theme, entry["themes"])]
    related = terms(PracticePage, entry["related_practices"])
    page.related_practices = [RelatedPractice(practice=practice) for practice in related]
    page.tags.add(*entry["tags"])
    return page


def build_collection(entry: Entry) -> CollectionPage:
    plain = {name: entry[name] for name in ("title", "slug", "introduction")}
    items = [collection_item(row) for row in entry["items"]]
    return CollectionPage(**plain, opening=entry["opening"].strip(), items=json.dumps(items))


def collection_item(row: Entry) -> Entry:
    """A comment, or the page named by its slug."""
    if "comment" in row:
        return {"type": "comment", "value": f"<p>{row['comment'].strip()}</p>"}
    model = PracticePage if "sheet" in row else BlogPostPage
    return {"type": "page", "value": model.objects.get(slug=row.get("sheet") or row["post"]).pk}


def terms(model: Any, slugs: list[str]) -> list[Any]:
    """The objects of *model* with these slugs, in this order; ``KeyError`` when one is missing."""
    found = {term.slug: term for term in model.objects.filter(slug__in=slugs)}
    return [found[slug] for slug in slugs]
