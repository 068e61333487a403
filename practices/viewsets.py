"""The closed lists and the tags in the admin."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.admin.choosers import ChooseOnlyViewSet
from practices.taxonomy import ActorType, PracticeType, Public, Theme


class ThemeViewSet(SnippetViewSet):
    model = Theme
    chooser_viewset_class = ChooseOnlyViewSet
    icon = "folder-open-inverse"
    menu_label = _("Thèmes")
    list_display: ClassVar = ["name", "pillar", "order"]
    list_filter: ClassVar = ["pillar"]
    search_fields: ClassVar = ["name", "synonyms"]
    search_backend_name = None


class PublicViewSet(SnippetViewSet):
    model = Public
    chooser_viewset_class = ChooseOnlyViewSet
    icon = "group"
    menu_label = _("Publics")
    list_display: ClassVar = ["name", "order"]
    search_fields: ClassVar = ["name"]


class ActorTypeViewSet(SnippetViewSet):
    model = ActorType
    chooser_viewset_class = ChooseOnlyViewSet
    icon = "home"
    menu_label = _("Types d’acteur")
    list_display: ClassVar = ["name", "order"]
    search_fields: ClassVar = ["name"]


class PracticeTypeViewSet(SnippetViewSet):
    model = PracticeType
    chooser_viewset_class = ChooseOnlyViewSet
    icon = "clipboard-list"
    menu_label = _("Types de pratique")
    list_display: ClassVar = ["name", "order"]
    search_fields: ClassVar = ["name"]


class TagViewSet(SnippetViewSet):
    model = Tag
    chooser_viewset_class = ChooseOnlyViewSet
    icon = "tag"
    menu_label = _("Mots-clés")
    list_display: ClassVar = ["name", "slug"]
    search_fields: ClassVar = ["name"]
    ordering: ClassVar = ["name"]
    panels: ClassVar = [FieldPanel("name"), FieldPanel("slug")]


class TaxonomyGroup(SnippetViewSetGroup):
    items = (ThemeViewSet, PublicViewSet, ActorTypeViewSet, PracticeTypeViewSet, TagViewSet)
    menu_label = _("Listes")
    menu_icon = "list-ul"
    menu_order = 500


register_snippet(TaxonomyGroup)
