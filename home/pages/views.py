"""Pages that are not in the tree: legal pages and errors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.http import require_safe

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
    """500. Without queries: the database may be what fails."""
    return render_plain(request, "errors/500.html", 500)


def render_plain(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Render *template* without context processors, which may fail for the same reason as the page did."""
    return HttpResponse(loader.render_to_string(template, {}), status=status)
