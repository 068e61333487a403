"""Pages that are not in the tree: legal pages and errors."""

from __future__ import annotations

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.http import require_safe

from home.pages.outages import Outage, outage_behind
from home.privacy.public import register_lines


@require_safe
def legal_notice(request: HttpRequest) -> HttpResponse:
    return render(request, "legal/legal_notice.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "legal/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "legal/privacy.html", {"register": register_lines()})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400. Without the site's frame, which reads a request that cannot be trusted."""
    return render_plain(request, "errors/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the ways on from here."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when something outside the code is gone. Without queries: the database may be what fails."""
    if outage := outage_behind(sys.exc_info()[1]):
        return unavailable(request, outage)
    return render_plain(request, "errors/500.html", 500)


def unavailable(request: HttpRequest, outage: Outage) -> HttpResponse:
    """Say which part is gone, when to come back, and what became of what was being written."""
    match = request.resolver_match
    if request.method == "POST" and match and match.url_name == "add_multiple":
        # What Wagtail's multiple upload reads, beside the file that could not be stored.
        words = f"{outage.title}. {outage.text}"
        return JsonResponse({"success": False, "error_message": words})
    context = {
        "outage": outage,
        "is_sent": request.method == "POST",
        "is_admin": request.path.startswith("/admin/"),
    }
    response = render_plain(request, "errors/outage.html", 503, context)
    response["Retry-After"] = str(outage.retry_after)
    response["Cache-Control"] = "no-store"
    return response


def render_plain(
    request: HttpRequest, template: str, status: int, context: dict[str, Any] | None = None
) -> HttpResponse:
    """Render *template* without context processors, which may fail for the same reason as the page did."""
    return HttpResponse(loader.render_to_string(template, context or {}), status=status)
