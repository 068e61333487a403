"""The links of public pages, and whether they still answer: a few an hour, each once a month, for editors to see."""

from __future__ import annotations

import datetime
import json
import re
import time
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.privacy.register import NothingPersonal
from practices.freshness.fetching import BAD, NoAnswerError, status_of

URL_LENGTH = 500
DAY = datetime.timedelta(days=1)
AGAIN = 30 * DAY
AFTER_FAILURE = (DAY, 2 * DAY)  # the days between the failures that make a link dead; then once a week
WEEK = 7 * DAY
HOLD = datetime.timedelta(hours=1)  # a run that dies gives its links back after it
A_RUN = 10  # links, each of another server: run every five minutes, that is all a server sees of us
LONGEST_RUN = 60  # seconds
WITNESSES = 2
FAILURES_OF_A_DEAD_LINK = 3
FAILURES_WHEN_GONE = 2
GONE = {404, 410}
# A server that wants no robots, or no more of them for now: nothing is known of the page.
SAYS_NOTHING = {401, 402, 403, 405, 406, 407, 429, 451, 501, 999}
HREF = re.compile(r"""href=["'](https?://[^"']+)["']""")


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def dead(self) -> Self:
        """Three failures on different days, or « gone » twice; on a page that the public can read."""
        gone = Q(status__in=GONE, failures__gte=FAILURES_WHEN_GONE)
        public = Page.objects.live().public()
        return self.filter(gone | Q(failures__gte=FAILURES_OF_A_DEAD_LINK), pages__in=public).distinct()

    def due(self) -> Self:
        return self.filter(next_at__lte=timezone.now()).order_by("next_at", "pk")


class LinkCheck(models.Model):
    """One address. ``status`` is what it answered last, empty when nothing did."""

    privacy: ClassVar = NothingPersonal("addresses that public pages link to")

    wagtail_reference_index_ignore = True

    url = models.CharField(_("lien"), max_length=URL_LENGTH, unique=True)
    pages = models.ManyToManyField(Page, verbose_name=_("pages"), related_name="+")
    status = models.PositiveSmallIntegerField(_("réponse"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("échecs de suite"), default=0)
    failed_since = models.DateTimeField(_("ne répond plus depuis"), null=True, blank=True)
    checked_at = models.DateTimeField(_("suivi le"), null=True, blank=True)
    seen_at = models.DateTimeField(_("vu dans une page le"))
    next_at = models.DateTimeField(_("à suivre le"), default=timezone.now, db_index=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("lien suivi")
        verbose_name_plural = _("liens suivis")

    def __str__(self) -> str:
        return self.url

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    def note(self, status: int | None) -> None:
        """Remember what was answered, and when to ask again."""
        now = timezone.now()
        failed = status is None or (status >= BAD and status not in SAYS_NOTHING)
        self.failures = self.failures + 1 if failed else 0
        self.failed_since = (self.failed_since or now) if failed else None
        wait = [AGAIN, *AFTER_FAILURE][self.failures] if self.failures <= len(AFTER_FAILURE) else WEEK
        self.status, self.checked_at, self.next_at = status, now, now + wait
        self.save(update_fields=["status", "failures", "failed_since", "checked_at", "next_at"])


Ask = Callable[[str], int]


def check_links(ask: Ask = status_of) -> int:
    """Gather the links once a day, ask after a few; return how many were noted. Nothing where it is not allowed."""
    if not settings.LINK_CHECKS:
        return 0
    if not LinkCheck.objects.filter(seen_at__gt=timezone.now() - DAY).exists():
        gather()
    answers = list(_answers(_batch(), ask))
    if not any(status for _link, status in answers) and not _is_online(answers, ask):
        return 0  # the network is away, not the whole world
    for link, status in answers:
        link.note(status)
    return len(answers)


def gather() -> None:
    """Know the links of every public page, and forget those that no page has any more."""
    now, found = timezone.now(), dict[str, set[int]]()
    for page in Page.objects.live().public().specific().iterator(chunk_size=100):
        for url in links_of(page):
            found.setdefault(url, set()).add(page.pk)
    for url, pages in found.items():
        link, _is_new = LinkCheck.objects.update_or_create(
            url=url, defaults={"seen_at": now}, create_defaults={"seen_at": now, "next_at": now}
        )
        link.pages.set(pages)
    LinkCheck.objects.exclude(seen_at=now).delete()


def links_of(page: Page) -> set[str]:
    """The addresses that *page*, its rows and its blocks lead to, on other sites."""
    urls = {unescape(url).strip() for url in _urls(page.serializable_data())}
    own = settings.WAGTAILADMIN_BASE_URL
    return {url for url in urls if len(url) <= URL_LENGTH and not url.startswith(own)}


def _urls(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _urls(one)
    elif isinstance(value, str):
        yield from _urls_in_text(value)


def _urls_in_text(text: str) -> Iterator[str]:
    """Those of a column: an address, rich text, or the blocks of a body."""
    if text.startswith(("http://", "https://")) and " " not in text:
        yield text
    elif text.startswith("[{"):
        try:
            yield from _urls(json.loads(text))
        except ValueError:
            return
    else:
        yield from HREF.findall(text)


def _batch() -> list[LinkCheck]:
    """A few links that are due, each of another server, taken so that no other run asks after them."""
    chosen: dict[str, LinkCheck] = {}
    for link in LinkCheck.objects.due()[: A_RUN * 20]:
        if len(chosen) < A_RUN:
            chosen.setdefault(link.host, link)
    held = timezone.now() + HOLD
    return [
        link
        for link in chosen.values()
        if LinkCheck.objects.filter(pk=link.pk, next_at=link.next_at).update(next_at=held)
    ]


def _answers(links: list[LinkCheck], ask: Ask) -> Iterator[tuple[LinkCheck, int | None]]:
    end = time.monotonic() + LONGEST_RUN
    for link in links:
        if time.monotonic() < end:
            yield link, _status(link, ask)


def _status(link: LinkCheck, ask: Ask) -> int | None:
    try:
        return ask(link.url)
    except NoAnswerError:
        return None


def _is_online(answers: list[tuple[LinkCheck, int | None]], ask: Ask) -> bool:
    """When nobody answered: whether a link that answered the last time does. Who knows none, knows nothing."""
    if not answers:
        return False
    asked = [link.pk for link, _status in answers]
    known = LinkCheck.objects.filter(failures=0, status__isnull=False).exclude(pk__in=asked)
    return any(_status(link, ask) for link in known.order_by("-checked_at")[:WITNESSES])
