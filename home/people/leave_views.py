"""« Quitter le site »: the page that says what will happen, and then does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry

from home.moderation.permissions import is_editor
from home.moderation.visibility import may_know
from home.people.accounts import User
from home.people.authors import Author
from home.people.leaving import DEFAULT_PSEUDONYM, Leave, full_names, leave, signed_texts, telling_addresses

LABEL = _("Remplacer le nom partout")


def may_leave(user: User, author: Author) -> bool:
    """One's own name; for editors everybody's, but for the accounts that hold more rights than theirs."""
    account = author.user
    if account == user:
        return True
    if not is_editor(user):
        return False
    return (
        account is None
        or not is_editor(account)
        or (user.has_perm("home.change_user") and (user.is_superuser or not account.is_superuser))
    )


class LeaveForm(forms.Form):
    pseudonym = forms.CharField(
        label=_("Nouvelle signature"),
        max_length=80,
        help_text=_("Le nom sous lequel les textes paraîtront désormais."),
    )
    replace_old_pseudonym = forms.BooleanField(
        label=_("Remplacer aussi l’ancien pseudonyme dans les textes"), required=False
    )
    close_account = forms.BooleanField(
        label=_("Fermer le compte"),
        required=False,
        help_text=_("On ne pourra plus s’y connecter. Les textes restent."),
    )

    def __init__(self, author: Author, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.author = author
        if not author.pseudonym:
            del self.fields["replace_old_pseudonym"]
        if author.user is None or not author.user.is_active:
            del self.fields["close_account"]

    def clean_pseudonym(self) -> str:
        pseudonym: str = self.cleaned_data["pseudonym"]
        if any(name.casefold() in pseudonym.casefold() for name in full_names(self.author)):
            raise forms.ValidationError(_("Cette signature contient le nom à remplacer."))
        return pseudonym


if TYPE_CHECKING:  # Django's own class can't be subscripted
    LeaveFormView = FormView[LeaveForm]
else:
    LeaveFormView = FormView


class LeaveView(WagtailAdminTemplateMixin, LeaveFormView):
    template_name = "people/leave.html"
    page_title = LABEL
    header_icon = "user"
    form_class = LeaveForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.author = get_object_or_404(Author.objects.select_related("user"), pk=kwargs["author_id"])
        if not may_leave(self.person, self.author):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @property
    def person(self) -> Any:
        """Who asks. (Signed in, as in every view of the admin.)"""
        return self.request.user

    @property
    def is_own(self) -> bool:
        return bool(self.author.user_id == self.person.pk)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "author": self.author}

    def get_initial(self) -> dict[str, Any]:
        """The account is closed unless said otherwise when a moderator does it for somebody who has gone."""
        account = self.author.user
        gone = account is not None and not self.is_own and not account.writes_now()
        return {"pseudonym": DEFAULT_PSEUDONYM, "close_account": gone}

    def form_valid(self, form: LeaveForm) -> HttpResponse:
        data = form.cleaned_data
        decided = Leave(
            pseudonym=data["pseudonym"],
            replace_old_pseudonym=data.get("replace_old_pseudonym", False),
            close_account=data.get("close_account", False),
        )
        leave(self.author, decided, by=self.person)
        if self.is_own and decided.close_account:
            logout(self.request)
            return redirect("wagtailadmin_login")
        messages.success(
            self.request, _("C’est fait : les textes sont signés « %(name)s ».") % {"name": decided.pseudonym}
        )
        return redirect("author_profile" if self.is_own else "wagtailsnippets_home_author:list")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "author": self.author,
            "is_own": self.is_own,
            "names": sorted(full_names(self.author)),
            "count": signed_texts(self.author),
            "telling": [page for page in telling_addresses(self.author) if may_know(self.person, {page.pk})],
        }


@hooks.register("register_admin_urls")
def leave_urls() -> list[URLPattern]:
    return [path("depart/<int:author_id>/", LeaveView.as_view(), name="leave")]


def leave_button(author: Author) -> Button:
    return Button(LABEL, url=reverse("leave", args=[author.pk]), icon_name="user", priority=15)


@hooks.register("register_snippet_listing_buttons")
def leave_in_listing(snippet: Any, user: User, next_url: str | None = None) -> list[Button]:
    return [leave_button(snippet)] if isinstance(snippet, Author) and may_leave(user, snippet) else []


@hooks.register("register_log_actions")
def register_leaving(actions: LogActionRegistry) -> None:
    actions.register_action(
        "home.leave", _("Remplacer le nom partout"), _("A remplacé le nom de la personne partout sur le site")
    )
