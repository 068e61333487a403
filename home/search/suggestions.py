"""What to go to directly while somebody types: themes, territories, sheets and posts.

Packages above add theirs through Wagtail's hook ``suggest_for_search``: functions that take a ``Typed`` and return
``Suggestion`` objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import cached_property

from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.models import Page

from home.search.indexing import FULL, SATURATION, TITLE
from home.search.models import Spelling
from home.search.parsing import MAX_LENGTH
from home.search.postings import read
from home.search.words import Word, readable, words
from home.templatetags.frame import page_kind

HOOK = "suggest_for_search"
SHORTEST, MOST = 2, 8
ENDINGS = 40  # words that may begin with what is typed
CANDIDATES = 60
IN_A_TITLE = round(FULL * TITLE / (TITLE + SATURATION))


@dataclass(frozen=True)
class Suggestion:
    label: str
    kind: str
    url: str


@dataclass(frozen=True)
class Typed:
    """What has been typed so far: whole words, and the beginning of one."""

    text: str

    @cached_property
    def words(self) -> list[Word]:
        return [word for word in words(readable(self.text)) if not word.is_stop_word]

    def begins(self, label: str) -> bool:
        """Whether each word typed begins a word of *label*."""
        inside = [word.folded for word in words(readable(label))]
        return all(any(one.startswith(word.folded) for one in inside) for word in self.words)


Suggester = Callable[[Typed], Iterable[Suggestion]]


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """``{"items": [{"label", "kind", "url"}], "status": "3 suggestions"}`` for what ``?q=`` begins."""
    found = suggest(Typed(request.GET.get("q", "").replace("\x00", "").strip()[:MAX_LENGTH]), request)
    count = ngettext("%(count)s suggestion", "%(count)s suggestions", len(found)) % {"count": len(found)}
    status = count if found else _("Aucune suggestion")
    response = JsonResponse({"items": [asdict(one) for one in found], "status": status})
    patch_cache_control(response, public=True, max_age=60)
    response["X-Robots-Tag"] = "noindex"
    return response


def suggest(typed: Typed, request: HttpRequest) -> list[Suggestion]:
    """At most eight places to go to, no address twice."""
    if not typed.words or len(typed.words[-1].folded) < SHORTEST:
        return []
    contributors: list[Suggester] = hooks.get_hooks(HOOK)
    found = [one for contributor in contributors for one in contributor(typed)]
    found += [
        Suggestion(page.title, page_kind(page), page.get_url(request))
        for page in titles(typed)
        if page.get_url(request)
    ]
    by_url: dict[str, Suggestion] = {}
    for one in found:
        by_url.setdefault(one.url, one)
    return list(by_url.values())[:MOST]


def titles(typed: Typed) -> list[Page]:
    """The public pages whose title holds words that begin as those typed, in the order of their titles."""
    keys: list[set[str]] = []
    for word in typed.words:
        known = Spelling.objects.filter(folded__startswith=word.folded).order_by("folded")
        keys.append({word.stem, *known.values_list("key", flat=True)[:ENDINGS]})
    postings = read(set().union(*keys))
    in_titles = [
        {pk for key in one for pk, weight in postings[key].items() if weight >= IN_A_TITLE} for one in keys
    ]
    candidates = sorted(set.intersection(*in_titles), reverse=True)[:CANDIDATES]
    pages = Page.objects.live().public().filter(pk__in=candidates).order_by("title", "pk")
    return [page for page in pages if typed.begins(page.title)][:MOST]
