"""The time limits that one date does not tell: versions, history, uploads, invitations (see ``Rule``)."""

from __future__ import annotations

import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision, UploadedFile

from home.people.accounts import User
from home.people.invitations import Invitation
from home.people.signatures import signed_pages


def forget_old_versions(time: datetime.timedelta) -> int:
    """Versions older than *time* that another replaced. What was reviewed stays with its review, and so does what is
    public, scheduled or newest.
    """
    of_page = Page.objects.filter(Q(latest_revision=OuterRef("pk")) | Q(live_revision=OuterRef("pk")))
    old = Revision.objects.filter(created_at__lt=timezone.now() - time, approved_go_live_at=None)
    replaced = old.page_revisions().filter(task_states=None).exclude(Exists(of_page))
    return int(replaced.delete()[0])


def forget_history_of_what_is_gone(time: datetime.timedelta) -> int:
    """The history of pages and other things that no longer exist, once its last entry is older than *time*."""
    limit = timezone.now() - time
    recent = PageLogEntry.objects.filter(page_id=OuterRef("page_id"), timestamp__gte=limit)
    pages = PageLogEntry.objects.exclude(Exists(Page.objects.filter(pk=OuterRef("page_id"))))
    count = pages.exclude(Exists(recent)).delete()[0]
    kinds = ModelLogEntry.objects.order_by().values_list("content_type", flat=True).distinct()
    return count + sum(_forget_history_of(kind, limit) for kind in kinds)


def _forget_history_of(kind: int | None, limit: datetime.datetime) -> int:
    entries = ModelLogEntry.objects.filter(content_type=kind)
    recent = entries.filter(object_id=OuterRef("object_id"), timestamp__gte=limit)
    old = set(entries.exclude(Exists(recent)).order_by().values_list("object_id", flat=True))
    model = ContentType.objects.get_for_id(kind).model_class() if kind and old else None
    here = (
        {str(key) for key in model._base_manager.filter(pk__in=old).values_list("pk", flat=True)}
        if model
        else set()
    )
    return int(entries.filter(object_id__in=old - here).delete()[0])


def forget_unfinished_uploads(time: datetime.timedelta) -> int:
    """Files of a multiple upload that nobody completed, with what is stored of them."""
    count = 0
    for upload in UploadedFile.objects.all():
        try:
            sent = upload.file.storage.get_modified_time(upload.file.name)
        except FileNotFoundError:
            sent = None  # nothing but the row is left
        if sent is None or sent < timezone.now() - time:
            upload.file.delete(save=False)
            upload.delete()
            count += 1
    return count


def forget_unanswered(time: datetime.timedelta) -> int:
    """Invitations that nobody answered, with the account and the byline that waited, unless something hangs on them."""
    count = 0
    waiting = Invitation.objects.filter(accepted_at=None, sent_at__lt=timezone.now() - time)
    for invitation in waiting.select_related("user"):
        account = invitation.user
        invitation.delete()
        if _was_never_used(account):
            account.authors.all().delete()
            account.delete()
        count += 1
    return count


def _was_never_used(account: User) -> bool:
    signs = any(signed_pages(author).exists() for author in account.authors.all())
    return account.last_login is None and not account.is_superuser and not signs
