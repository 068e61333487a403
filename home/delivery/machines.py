"""What machines ask: is the process alive, is the site ready, what may robots read."""

from __future__ import annotations

import logging

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)

PROBE_KEY = "readyz"


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing, so that a slow database does not get it killed."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Database and cache answer; 503 with the name of what does not."""
    failing = [
        name for name, probe in (("database", _database_answers), ("cache", _cache_answers)) if not probe()
    ]
    return HttpResponse(
        f"not ready: {', '.join(failing)}" if failing else "ok",
        status=503 if failing else 200,
        content_type="text/plain",
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; filtered lists and search results are no pages of their own."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        f"Disallow: {reverse('search')}",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("The database does not answer")
        return False
    return True


def _cache_answers() -> bool:
    """Write and read back one value. Each cache has its own errors, hence the wide net."""
    try:
        cache.set(PROBE_KEY, "ok", 30)
        return bool(cache.get(PROBE_KEY) == "ok")
    except Exception:
        logger.exception("The cache does not answer")
        return False
