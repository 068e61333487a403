"""Choosers that choose. Wagtail's also have an address to create from, which breaks where nothing can be created."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern
from wagtail.admin.views.chooser import ExternalLinkView
from wagtail.models import Page
from wagtail.snippets.views.chooser import SnippetChooserViewSet


class ChooseOnlyViewSet(SnippetChooserViewSet):
    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class LinkByPublicTitleView(ExternalLinkView):
    """Makes the address of a page a link to it, without telling the title that a draft gives it.

    (Takes the place of Wagtail's; ``WAGTAILADMIN_EXTERNAL_LINK_CONVERSION`` keeps it from asking with that title.)
    """

    def render_chosen_response(self, result: dict[str, Any]) -> HttpResponse:
        if "adminTitle" in result:
            page = Page.objects.get(pk=result["id"]).specific
            result = {**result, "adminTitle": page.get_admin_display_title()}
        response: HttpResponse = super().render_chosen_response(result)
        return response
