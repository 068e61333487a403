"""Which territory a page belongs to, and whom that concerns."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from django.db import models
from wagtail.models import Page

from home.people.accounts import User


@runtime_checkable
class TerritoryScoped(Protocol):
    """A page that belongs to one territory: a post, a sheet, the territory's own page."""

    def get_territory_id(self) -> int | None:
        """Primary key of the territory page; ``None`` while none is chosen."""


def territory_id(page: Page) -> int | None:
    """Primary key of the territory that *page* belongs to, or ``None``."""
    specific = page.specific_deferred
    return specific.get_territory_id() if isinstance(specific, TerritoryScoped) else None


def draft_territory_id(page: Page) -> int | None:
    """The territory that the newest version of *page* names; without a query once ``latest_revision`` is fetched."""
    model, revision = page.specific_class, page.latest_revision
    if model is None or revision is None or not issubclass(model, TerritoryScoped):
        return None
    keys = [field for field in model._meta.concrete_fields if field.many_to_one]
    values = {field.attname: revision.content[field.name] for field in keys if field.name in revision.content}
    draft: Any = model(pk=page.pk, **values)
    territory: int | None = draft.get_territory_id()
    return territory


def territory_referents(page: Page) -> models.QuerySet[User]:
    """The active référent·es of the territory that *page* belongs to."""
    return User.objects.filter(
        is_active=True, referent_territories=territory_id(page.get_latest_revision_as_object())
    )
