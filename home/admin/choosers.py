"""Choosers that choose. Wagtail's also have an address to create from, which breaks where nothing can be created."""

from __future__ import annotations

from django.urls import URLPattern
from wagtail.snippets.views.chooser import SnippetChooserViewSet


class ChooseOnlyViewSet(SnippetChooserViewSet):
    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]
