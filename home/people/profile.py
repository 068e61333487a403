"""« Mon profil d’auteur·e »: everybody chooses the name their own texts appear under."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import RadioSelect
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import UpdateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from home.admin.forms import SnippetForm
from home.people.authors import Author

TITLE = _("Mon profil d’auteur·e")


class ProfileForm(SnippetForm):
    """The byline alone. Whether a person is a minor, and the address, are for the moderators to say."""

    class Meta:
        model = Author
        fields = ["byline_kind", "first_name", "last_name", "pseudonym", "collective", "bio"]
        widgets = {"byline_kind": RadioSelect}


class ProfileView(WagtailAdminTemplateMixin, UpdateView):  # type: ignore[type-arg]
    template_name = "people/profile.html"
    form_class = ProfileForm
    success_url = reverse_lazy("author_profile")
    page_title = TITLE
    header_icon = "user"

    def get_object(self, queryset: Any = None) -> Author:
        """The person's byline; a new one, which signs nothing before it is saved, when they have none."""
        user: Any = self.request.user
        return user.author() or Author(user=user, first_name=user.first_name, last_name=user.last_name)

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        action = "wagtail.edit" if form.instance.pk else "wagtail.create"
        response = super().form_valid(form)
        log(self.object, action, user=self.request.user)
        messages.success(
            self.request, _("Vos textes sont signés « %(byline)s ».") % {"byline": self.object.byline}
        )
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": TITLE}]


@hooks.register("register_admin_urls")
def profile_urls() -> list[URLPattern]:
    return [path("mon-profil/", ProfileView.as_view(), name="author_profile")]


@hooks.register("register_admin_menu_item")
def profile_in_sidebar() -> MenuItem:
    return MenuItem(
        _("Mon profil"), reverse("author_profile"), name="author-profile", icon_name="user", order=850
    )


@hooks.register("register_account_menu_item")
def profile_in_account(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("author_profile"),
        "label": TITLE,
        "help_text": _("Le nom sous lequel vos textes paraissent, et votre présentation."),
    }
