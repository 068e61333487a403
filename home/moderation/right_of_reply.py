"""Who may deal with a right of reply, and what happens to it: inserted or refused, once, and never by the author."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import Page

from home.moderation.complaints import ContentReport, RightOfReply
from home.moderation.permissions import is_editor
from home.people.accounts import User


class TooLateError(Exception):
    """Somebody else has decided meanwhile; the message is for the person, in French."""


def may_decide(page: Page | None, user: User) -> bool:
    """Whether *user* may deal with replies to *page*: editors, except those whose text it is."""
    if page is None:
        return is_editor(user)
    return is_editor(user, page) and not has_written(page, user)


def has_written(page: Page, user: User) -> bool:
    """Whether *page* is *user*'s: begun by them, or signed by them, in public or in its newest version."""
    if page.owner_id == user.pk:
        return True
    versions: list[Any] = [page.specific, page.get_latest_revision_as_object()]
    links = [
        link
        for version in versions
        if hasattr(version, "author_links")
        for link in version.author_links.all()
    ]
    return any(link.author.user_id == user.pk for link in links)


@transaction.atomic
def record(reply: RightOfReply, user: User, report: ContentReport | None = None) -> RightOfReply:
    """Keep a demand that came in; the *report* by which it came is thereby handled."""
    if not may_decide(reply.page, user):
        raise PermissionDenied
    if report:
        reply.report = handle(report, user, gettext("Enregistré comme droit de réponse."))
    reply.save()
    _note("recorded", reply, user)
    return reply


@transaction.atomic
def insert(reply: RightOfReply, user: User) -> None:
    """Put *reply* on its page, where it stays whatever becomes of the text."""
    reply = _locked(reply, user)
    if not reply.is_waiting:
        raise TooLateError(gettext("Quelqu’un d’autre vient de décider de cette réponse."))
    reply.published_at, reply.published_by = timezone.now(), user
    reply.save()
    _note("inserted", reply, user)


@transaction.atomic
def refuse(reply: RightOfReply, user: User, reason: str) -> None:
    """Refuse *reply*, or take it off its page; the reason is kept."""
    reply = _locked(reply, user)
    if reply.refused_at:
        raise TooLateError(gettext("Quelqu’un d’autre vient de décider de cette réponse."))
    reply.refused_at, reply.refused_by, reply.refusal = timezone.now(), user, reason
    reply.save()
    _note("withdrawn" if reply.published_at else "refused", reply, user)


@transaction.atomic
def rewrite(reply: RightOfReply, user: User, **changes: Any) -> None:
    """Correct what was typed of a demand that nobody has decided yet."""
    reply = _locked(reply, user)
    if not reply.is_waiting:
        raise TooLateError(gettext("Cette réponse est déjà décidée : son texte ne change plus."))
    for name, value in changes.items():
        setattr(reply, name, value)
    reply.save()


@transaction.atomic
def handle(report: ContentReport, user: User, outcome: str) -> ContentReport:
    """Close *report* with what was done; return it as it is then."""
    report = ContentReport.objects.select_for_update().get(pk=report.pk)
    if not may_handle(report, user):
        raise PermissionDenied
    if report.handled_at:
        raise TooLateError(gettext("Quelqu’un d’autre vient de traiter ce signalement."))
    report.handled_at, report.handled_by, report.outcome = timezone.now(), user, outcome
    report.save()
    return report


def may_handle(report: ContentReport, user: User) -> bool:
    """Whether *user* may close *report*: editors; a demand for a reply isn't closed by whom it answers."""
    return may_decide(report.page if report.kind == report.Kind.REPLY else None, user)


def _locked(reply: RightOfReply, user: User) -> RightOfReply:
    """The row as it is now, kept from others until the transaction ends."""
    locked = RightOfReply.objects.select_for_update().get(pk=reply.pk)
    if not may_decide(locked.page, user):
        raise PermissionDenied
    return locked


def _note(event: str, reply: RightOfReply, user: User) -> None:
    """Say it in the page's history. The name of who asked stays out of it: its author reads it."""
    log(instance=reply.page, action=f"home.reply_{event}", user=user, data={"reply": reply.pk})


@hooks.register("register_log_actions")
def register_reply_actions(actions: LogActionRegistry) -> None:
    for event, label, message in [
        ("recorded", _("Enregistrer un droit de réponse"), _("Un droit de réponse a été demandé")),
        ("inserted", _("Insérer un droit de réponse"), _("Un droit de réponse a été inséré")),
        ("refused", _("Refuser un droit de réponse"), _("Un droit de réponse a été refusé")),
        ("withdrawn", _("Retirer un droit de réponse"), _("Un droit de réponse a été retiré")),
    ]:
        actions.register_action(f"home.reply_{event}", label, message)
