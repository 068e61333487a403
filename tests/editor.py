"""What a browser sends from the page editor, for a page as it stands or before it exists."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.text import slugify
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from blog.models import BlogIndexPage
from practices.models import ActorType, PracticeIndexPage, PracticePage, PracticeType, Public, Theme

NO_ROWS: dict[str, Any] = inline_formset([])
BODY = streamfield([("paragraph", rich_text("<p>Le mardi, la salle ouvre à neuf heures.</p>"))])
PROMOTED = {"seo_title": "", "search_description": "", "comments": NO_ROWS}


def sheet_form(*, title: str, territory: Page | None, **changes: Any) -> dict[str, Any]:
    """A complete sheet; ``changes`` replaces fields."""
    form = {
        **PROMOTED,
        "slug": slugify(title),
        "title": title,
        "introduction": "Deux bénévoles reçoivent chaque mardi.",
        "territory": territory.pk if territory else "",
        "practice_type": PracticeType.objects.get(slug="service-guichet").pk,
        "cover": "",
        "problem": rich_text("<p>Personne n’expliquait les courriers.</p>"),
        "body": BODY,
        "limits": rich_text("<p>Tout repose sur deux personnes.</p>"),
        "source_conflicts": rich_text(""),
        "differently": rich_text(""),
        "legal_basis": rich_text(""),
        "transfer_conditions": rich_text(""),
        "state": "en-place",
        "state_date": "2022",
        "state_source": "Rapport annuel",
        "start": "2018",
        "end": "",
        "evidence": "declaratif",
        "checked_on": "2022-04-01",
        "checked_by": "",
        "licence": "CC BY-SA 4.0",
        "tags": "",
        "theme_links": inline_formset([{"theme": Theme.objects.get(slug="acces-aux-droits").pk}]),
        "public_links": inline_formset([{"public": Public.objects.get(slug="toute-personne").pk}]),
        "actors": inline_formset(
            [
                {
                    "name": "Association d’accueil",
                    "role": "porteur",
                    "actor_type": ActorType.objects.get(slug="association-locale").pk,
                    "url": "",
                }
            ]
        ),
        "sources": inline_formset(
            [{"title": "Rapport annuel", "publisher": "Association", "date": "2022", "url": ""}]
        ),
        "results": NO_ROWS,
        "building_blocks": NO_ROWS,
        "transfers": NO_ROWS,
        "document_links": NO_ROWS,
        "author_links": NO_ROWS,
    }
    return nested_form_data(form | changes)


def existing_sheet_form(sheet: PracticePage) -> dict[str, Any]:
    """The form of *sheet* as the editor shows it: its newest version, its rows where they stand."""
    newest = sheet.get_latest_revision_as_object()
    rows = {
        "theme_links": ["theme_id"],
        "public_links": ["public_id"],
        "actors": ["name", "role", "actor_type_id", "url"],
        "sources": ["title", "publisher", "date", "url"],
        "author_links": ["author_id"],
    }
    changes = {name: existing_rows(newest, name, fields) for name, fields in rows.items()}
    kept = {name: getattr(newest, name) for name in ("slug", "introduction", "state_date", "start")}
    return sheet_form(
        title=newest.title,
        territory=newest.territory,
        checked_by=newest.checked_by_id or "",
        **kept,
        **changes,
    )


def existing_rows(page: Page, relation: str, fields: list[str]) -> dict[str, Any]:
    """The rows of *relation* as a formset that keeps them."""
    rows = list(getattr(page, relation).all())
    items = [
        {"id": row.pk, **{name.removesuffix("_id"): getattr(row, name) for name in fields}} for row in rows
    ]
    return inline_formset(items, initial=len(rows))


def post_form(*, title: str, territory: Page | None, **changes: Any) -> dict[str, Any]:
    """A complete post; ``changes`` replaces fields."""
    form = {
        **PROMOTED,
        "slug": slugify(title),
        "title": title,
        "introduction": "Sept bonjours avant le premier café.",
        "date": "2022-03-12",
        "territory": territory.pk if territory else "",
        "session": "",
        "cover": "",
        "cover_alt": "",
        "body": BODY,
        "tags": "",
        "author_links": NO_ROWS,
        "theme_links": NO_ROWS,
        "related_practices": NO_ROWS,
    }
    return nested_form_data(form | changes)


def collection_form(*, title: str) -> dict[str, Any]:
    """A restitution with one comment."""
    form = {
        **PROMOTED,
        "slug": slugify(title),
        "title": title,
        "introduction": "Trois villes, une question.",
        "opening": rich_text("<p>Lues ensemble.</p>"),
        "items": streamfield([("comment", rich_text("<p>D’abord les conseils.</p>"))]),
    }
    return nested_form_data(form)


def territory_form(*, title: str, **changes: Any) -> dict[str, Any]:
    """A territory's page; ``changes`` replaces fields."""
    form = {
        **PROMOTED,
        "slug": slugify(title),
        "title": title,
        "introduction": "Une ville qui s’est engagée.",
        "country": "BE",
        "region": "",
        "kind": "commune",
        "latitude": "50.6",
        "longitude": "5.5",
        "cover": "",
        "body": BODY,
        "engagements": NO_ROWS,
        "partners": NO_ROWS,
        "figures": NO_ROWS,
    }
    return nested_form_data(form | changes)


def create_sheet(client: Client, form: dict[str, Any], **button: str) -> HttpResponse:
    """Press *button* (``{"action-submit": "1"}``; none saves a draft) on the form of a new sheet."""
    index = PracticeIndexPage.objects.get()
    return client.post(
        reverse("wagtailadmin_pages:add", args=["practices", "practicepage", index.pk]), form | button
    )


def create_post(client: Client, form: dict[str, Any], **button: str) -> HttpResponse:
    index = BlogIndexPage.objects.get()
    return client.post(
        reverse("wagtailadmin_pages:add", args=["blog", "blogpostpage", index.pk]), form | button
    )


def edit(client: Client, page: Page, form: dict[str, Any], **button: str) -> HttpResponse:
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form | button)
