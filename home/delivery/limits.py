"""How often one connection may ask for what costs the site something, in one table; beyond it, 429 with words.

A page, an image or a feed is never counted: a school, an office or a crawler behind one address reads as it likes. A
connection is its IPv4 address or its IPv6 network (/64, what one subscriber gets), and is forgotten with the stretch.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import loader

from home.delivery.counts import count
from home.delivery.open_forms import visitor

GetResponse = Callable[[HttpRequest], HttpResponseBase]
MINUTE, HOUR = 60, 3600
GET = frozenset({"GET", "HEAD"})
POST = frozenset({"POST"})


@dataclass(frozen=True)
class Limit:
    """At most ``most`` requests in ``seconds`` to the addresses that ``path`` begins to match."""

    name: str
    path: str
    most: int
    seconds: int
    methods: frozenset[str] = GET
    queried: bool = False  # only with a query string
    pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", re.compile(self.path))

    def covers(self, request: HttpRequest) -> bool:
        """Whether *request* is one that this limit counts."""
        if request.method not in self.methods or (self.queried and not request.META.get("QUERY_STRING")):
            return False
        return self.pattern.match(request.path_info) is not None


# A class of thirty pupils behind one address stays below each of these.
LIMITS = (
    Limit("sign-in", r"/admin/(?:login|compte/confirmer)|/invitation/", 60, 5 * MINUTE, POST),
    Limit("password", r"/admin/password", 20, HOUR, POST),
    Limit("search", r"/recherche/$", 180, MINUTE, queried=True),
    Limit("suggestions", r"/recherche/suggestions/", 900, MINUTE),
    Limit("exports", r"/.+\.(?:csv|json|geojson)/?$", 60, 10 * MINUTE),
    Limit("pdf", r"/(?!documents/|media/|static/).+\.pdf/?$", 40, 10 * MINUTE),
    Limit("pictures", r"/(?!media/|static/).*partage\.png/?$", 180, MINUTE),
    Limit("forms", r"/(?:signaler|apercu)/|/.*/(?:prevenez-moi|proposer|corriger)/", 120, 10 * MINUTE, POST),
    # A list that is filtered counts its facets anew for every question (ADR 0023).
    Limit("filters", r"/(?!admin/|documents/|media/|static/)", 300, MINUTE, queried=True),
)


def limit_requests(get_response: GetResponse) -> GetResponse:
    """Count what is limited, and answer 429 to who asks too often. ``LIMITS_TIMES`` widens all limits; 0 lifts them."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        wait = seconds_to_wait(request)
        return too_many_requests(request, wait) if wait else get_response(request)

    return middleware


def seconds_to_wait(request: HttpRequest) -> int:
    """0 for a request that may pass, else after how many seconds it may."""
    limit = (
        next((limit for limit in LIMITS if limit.covers(request)), None) if settings.LIMITS_TIMES else None
    )
    if limit is None:
        return 0
    number, left = count(f"{limit.name}|{visitor(request)}", limit.seconds)
    return left if number > limit.most * settings.LIMITS_TIMES else 0


def too_many_requests(request: HttpRequest, wait: int) -> HttpResponse:
    """429, with words and when to come back. Without a query: whoever comes too often must cost nothing."""
    minutes = -(-wait // MINUTE)
    html = loader.render_to_string("errors/429.html", {"minutes": minutes, "sent": request.method == "POST"})
    response = HttpResponse(html, status=429)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response
