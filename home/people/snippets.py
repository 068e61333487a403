"""People in the admin: bylines, missions, sessions, host organisations."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup

from home.admin.choosers import ChooseOnlyViewSet
from home.people.authors import Author
from home.people.invite_views import invite_menu_item
from home.people.leave_views import leave_button, may_leave
from home.people.missions import Mission, Organisation, Session


class AuthorEditView(EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Wagtail's, and the way to replace a name everywhere."""
        buttons: list[Button] = super().header_more_buttons
        user: Any = self.request.user
        return [*buttons, leave_button(self.object)] if may_leave(user, self.object) else buttons


class AuthorViewSet(SnippetViewSet):
    model = Author
    edit_view_class = AuthorEditView
    chooser_viewset_class = ChooseOnlyViewSet
    icon = "user"
    menu_label = _("Auteur·rices")
    list_display: ClassVar = ["__str__", "byline_kind", "user", "minor"]
    search_fields: ClassVar = ["pseudonym", "first_name", "last_name", "collective"]
    search_backend_name = None


class MissionViewSet(SnippetViewSet):
    model = Mission
    chooser_viewset_class = ChooseOnlyViewSet
    icon = "globe"
    menu_label = _("Missions")
    list_display: ClassVar = ["author", "session", "territory", "organisation"]
    list_filter: ClassVar = ["session"]


class SessionViewSet(SnippetViewSet):
    model = Session
    chooser_viewset_class = ChooseOnlyViewSet
    icon = "calendar"
    menu_label = _("Sessions")
    list_display: ClassVar = ["number", "theme", "start", "end"]
    search_fields: ClassVar = ["theme"]


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    chooser_viewset_class = ChooseOnlyViewSet
    icon = "home"
    menu_label = _("Organisations")
    list_display: ClassVar = ["name", "url"]
    search_fields: ClassVar = ["name"]
    search_backend_name = None


class PeopleGroup(SnippetViewSetGroup):
    items = (AuthorViewSet, MissionViewSet, SessionViewSet, OrganisationViewSet)
    menu_label = _("Personnes")
    menu_icon = "group"
    menu_order = 600

    def get_submenu_items(self) -> list[MenuItem]:
        return [invite_menu_item(), *super().get_submenu_items()]


register_snippet(PeopleGroup)
