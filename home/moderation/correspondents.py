"""Who hears of a text, and how they are written to: each once, never the person who acted, nobody who has left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState

from home.delivery.mails import admin_url, send
from home.people.accounts import User


def authors(page: Page, *, actor: User | None = None) -> list[User]:
    """Those whose text it is, except *actor*: who began it, who submitted it last, and the accounts that sign it."""
    people = [page.owner, _last_submitter(page), *_signers(page)]
    known = {person.pk: person for person in people if person}
    return [person for person in known.values() if person.is_active and person != actor]


def _last_submitter(page: Page) -> User | None:
    state = (
        WorkflowState.objects.for_instance(page)
        .select_related("requested_by")
        .order_by("-created_at")
        .first()
    )
    return state.requested_by if state else None


def _signers(page: Page) -> list[User]:
    """The accounts of the bylines under the newest version."""
    links = getattr(page.get_latest_revision_as_object(), "author_links", None)
    rows = links.all() if links is not None else []
    return [row.author.user for row in rows if row.author and row.author.user]


WHY_AUTHOR = _("ce texte est le vôtre, vous l’avez soumis, ou il porte votre signature.")


def tell(people: Iterable[User], event: str, page: Page, **context: Any) -> None:
    """Send « moderation/mails/<event> » about *page* to each of *people*, with the addresses that each may open."""
    page = Page.objects.get(pk=page.pk).specific  # as it is now: what is told may have moved it
    newest = page.get_latest_revision_as_object()
    for person in people:
        can_edit = page.permissions_for_user(person).can_edit()
        addresses = {
            "public_url": page.full_url or "",
            "edit_url": admin_url("wagtailadmin_pages:edit", page.pk) if can_edit else "",
            "home_url": admin_url("wagtailadmin_home"),
        }
        send(
            f"moderation/mails/{event}", [person], {"page": newest, "why": WHY_AUTHOR, **addresses, **context}
        )
