"""Many believable sheets and posts, fast, for measuring.

Rows are inserted in batches, below Wagtail's own ``add_child``, which would take an hour for ten thousand pages.
They have no revision and no log entry: the editor makes the first revision when one of them is changed.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backends

from blog.models import BlogIndexPage, BlogPostAuthor, BlogPostPage, BlogPostTheme
from home.models import Author, Session
from practices.models import (
    ActorType,
    PracticeActor,
    PracticeIndexPage,
    PracticePage,
    PracticePublic,
    PracticeSource,
    PracticeTheme,
    PracticeType,
    Public,
    TerritoryPage,
    Theme,
)
from practices.scales import Evidence, PeoplePlace, State
from site_ocu.demo.pages import noon, stream
from site_ocu.demo.texts import Entry, read_folder

BULK_PREFIX = "demo-"
BATCH = 500
FIRST_DAY = date(2019, 1, 1)
DAYS = 2500


class Bulk:
    """Makes pages numbered from 1; each number always gives the same page."""

    def __init__(self) -> None:
        self.territories = list(TerritoryPage.objects.order_by("slug"))
        self.themes = list(Theme.objects.prefetch_related("subthemes"))
        self.publics = list(Public.objects.all())
        self.types = list(PracticeType.objects.all())
        self.actor_types = list(ActorType.objects.all())
        self.authors = list(Author.objects.order_by("slug"))
        self.sessions = list(Session.objects.all())

    def sheets(self, count: int) -> None:
        """Bring the number of bulk sheets to *count*."""
        templates = read_folder("practices")
        self._fill(
            PracticeIndexPage.objects.get(),
            PracticePage,
            count,
            lambda number: self._sheet(number, templates),
        )

    def posts(self, count: int) -> None:
        """Bring the number of bulk posts to *count*."""
        templates = read_folder("posts")
        self._fill(
            BlogIndexPage.objects.get(), BlogPostPage, count, lambda number: self._post(number, templates)
        )

    def _fill(self, parent: Page, model: type[Page], count: int, build: Any) -> None:
        existing = model.objects.child_of(parent).filter(slug__startswith=BULK_PREFIX).count()
        for first in range(existing + 1, count + 1, BATCH):
            numbers = range(first, min(first + BATCH, count + 1))
            insert_pages(parent, [build(number) for number in numbers])
        index_pages(model.objects.filter(slug__startswith=BULK_PREFIX), skip=existing)

    def _sheet(self, number: int, templates: list[Entry]) -> tuple[Page, list[Model]]:
        draw = random.Random(number)  # noqa: S311  (a number, not a secret)
        entry, territory, day = draw.choice(templates), draw.choice(self.territories), self._day(draw)
        page = PracticePage(
            **{
                name: entry[name]
                for name in ("introduction", "problem", "limits", "means", "transfer_conditions")
            },
            title=f"{draw.choice(self.themes).name}, {territory.title} : essai {number}"[:100],
            slug=f"{BULK_PREFIX}fiche-{number}",
            body=stream(entry),
            territory=territory,
            practice_type=draw.choice(self.types),
            state=draw.choice(State.values),
            state_date=str(day.year),
            state_source="Texte de démonstration",
            start=str(day.year),
            checked_on=day,
            checked_by=draw.choice(self.authors),
            first_published_at=noon(day),
            evidence=draw.choice(Evidence.values),
            people_place=draw.choice(["", *PeoplePlace.values]),
        )
        rows: list[Model] = [
            PracticeTheme(theme=theme, subtheme=draw.choice([None, *theme.subthemes.all()]), sort_order=place)
            for place, theme in enumerate(draw.sample(self.themes, 2))
        ]
        rows += [PracticePublic(public=public) for public in draw.sample(self.publics, 2)]
        rows += [PracticeActor(name=f"Acteur {number % 97}", actor_type=draw.choice(self.actor_types))]
        rows += [PracticeSource(**source) for source in entry["sources"][:2]]
        return page, rows

    def _post(self, number: int, templates: list[Entry]) -> tuple[Page, list[Model]]:
        draw = random.Random(-number)  # noqa: S311
        entry, territory, day = draw.choice(templates), draw.choice(self.territories), self._day(draw)
        page = BlogPostPage(
            title=f"{territory.title}, jour {number}",
            slug=f"{BULK_PREFIX}billet-{number}",
            introduction=entry["introduction"],
            body=stream(entry),
            date=day,
            territory=territory,
            session=draw.choice(self.sessions),
            first_published_at=noon(day),
        )
        rows: list[Model] = [BlogPostTheme(theme=theme) for theme in draw.sample(self.themes, 2)]
        return page, [*rows, BlogPostAuthor(author=draw.choice(self.authors))]

    @staticmethod
    def _day(draw: random.Random) -> date:
        return FIRST_DAY + timedelta(days=draw.randrange(DAYS))


@transaction.atomic
def insert_pages(parent: Page, built: list[tuple[Page, list[Model]]]) -> None:
    """Insert pages of one model, with their rows, as the last children of *parent*."""
    parent.refresh_from_db()
    pages = [page for page, _rows in built]
    _place(parent, pages)
    # Wagtail's pages are two rows in two tables, which Django's bulk_create refuses: first the common row…
    common = Page.objects.bulk_create([_common_row(page) for page in pages])
    for page, row in zip(pages, common, strict=True):
        page.pk = page.page_ptr_id = row.pk
    # … then the row of the model's own table, with the insert that bulk_create is made of.
    model = type(pages[0])
    model._base_manager.all()._insert(pages, fields=model._meta.local_concrete_fields, using=connection.alias)
    by_model: dict[type[Model], list[Model]] = {}
    for page, rows in built:
        for row in rows:
            setattr(row, "practice" if isinstance(page, PracticePage) else "post", page)
            by_model.setdefault(type(row), []).append(row)
    for row_model, rows in by_model.items():
        row_model._default_manager.bulk_create(rows)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(pages))


def index_pages(pages: Any, skip: int) -> None:
    """Put *pages* beyond the first *skip* into the search indexes, in batches."""
    backends = list(get_search_backends())
    keys = list(pages.order_by("pk").values_list("pk", flat=True))[skip:]
    for first in range(0, len(keys), BATCH):
        batch = list(pages.model.get_indexed_objects().filter(pk__in=keys[first : first + BATCH]))
        for page in batch:
            # Wagtail's own backend reads every field three times; this one is dear.
            setattr(page, "plain_text", page.plain_text())  # noqa: B010  (a method of the model elsewhere)
        for backend in backends:
            backend.add_bulk(pages.model, batch)


def _place(parent: Page, pages: list[Page]) -> None:
    """Give each page its place in the tree after the last child of *parent*."""
    content_type, locale = ContentType.objects.get_for_model(type(pages[0])), Locale.get_default()
    last = parent.get_last_child()
    taken = int(last.path[-Page.steplen :], len(Page.alphabet)) if last else 0
    for step, page in enumerate(pages, start=taken + 1):
        page.path = Page._get_path(parent.path, parent.depth + 1, step)
        page.depth, page.numchild = parent.depth + 1, 0
        page.content_type, page.locale = content_type, locale
        page.url_path, page.draft_title = f"{parent.url_path}{page.slug}/", page.title
        page.live, page.last_published_at = True, page.first_published_at


def _common_row(page: Page) -> Page:
    """The row of *page* in the table that all pages share."""
    return Page(
        **{
            field.attname: getattr(page, field.attname)
            for field in Page._meta.local_concrete_fields
            if field.attname != "id"
        }
    )
