"""What machines ask: is the process alive, is the site ready, what may robots read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.delivery import readiness


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing, so that a slow database does not get it killed."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """« ok » when the site can work; 503 with the names of what does not (``readiness``), and never more than names.

    What only wants attention is named in a header: nobody takes a site away for a late job.
    """
    broken = readiness.failing()
    answer = HttpResponse(
        f"not ready: {', '.join(broken)}" if broken else "ok",
        status=503 if broken else 200,
        content_type="text/plain",
    )
    if wanting := readiness.warnings():
        answer["X-Warnings"] = ", ".join(wanting)
    return answer


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
