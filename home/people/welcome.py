"""The link of an invitation: choose a password and a byline, and come in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.utils import perform_login
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from home.people.accounts import User
from home.people.authors import Author
from home.people.invitations import Invitation
from home.people.inviting import opens
from home.people.profile import ProfileForm

MINORS = (Author.Byline.PSEUDONYM, Author.Byline.COLLECTIVE)


class WelcomeForm(ProfileForm):
    """The byline, which a minor takes from a pseudonym or a collective, and the password."""

    password1 = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Douze signes au moins. Une phrase se retient mieux qu’un mot compliqué."),
    )
    password2 = forms.CharField(
        label=_("Le même mot de passe, encore une fois"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta(ProfileForm.Meta):
        fields = ["byline_kind", "first_name", "last_name", "pseudonym", "collective"]

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if self.instance.minor:
            kinds: Any = self.fields["byline_kind"]
            kinds.choices = [choice for choice in Author.Byline.choices if choice[0] in MINORS]
            for name in ("first_name", "last_name"):  # never asked of a minor, and never shown
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Les deux mots de passe ne sont pas les mêmes."))
        elif first:
            try:
                validate_password(first, self.user)
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned


if TYPE_CHECKING:  # Django's own class can't be subscripted
    WelcomeFormView = FormView[WelcomeForm]
else:
    WelcomeFormView = FormView


class WelcomeView(WelcomeFormView):
    """Public, for whoever has the link. Opening it uses nothing up: mail programs open links by themselves."""

    template_name = "people/welcome.html"
    form_class = WelcomeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = Invitation.objects.select_related("user", "mission__session", "mission__territory")
        invitation = found.filter(pk=kwargs["uid"]).first()
        if invitation is None or not opens(invitation, kwargs["token"]):
            return kept_private(render(request, "people/welcome_closed.html", status=404))
        self.invitation = invitation
        self.author = invitation.user.author() or Author(user=invitation.user)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return kept_private(response)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.invitation.user, "instance": self.author}

    def get_initial(self) -> dict[str, Any]:
        """An empty pseudonym to fill, in place of the word that stood for the person until now."""
        kind = Author.Byline.PSEUDONYM if self.author.minor else Author.Byline.FIRST_NAME
        return {"byline_kind": kind, "pseudonym": ""}

    def form_valid(self, form: WelcomeForm) -> HttpResponse:
        if not self._accept(form):
            return render(self.request, "people/welcome_closed.html", status=404)
        # allauth's way in: an account that had a second factor still asks for it.
        response: HttpResponse = perform_login(self.request, self.invitation.user)
        return response

    @transaction.atomic
    def _accept(self, form: WelcomeForm) -> bool:
        """Keep what was chosen; ``False`` when the link was used a moment ago."""
        locked = Invitation.objects.select_for_update().filter(pk=self.invitation.pk, accepted_at=None)
        if not locked.exists():
            return False
        user = self.invitation.user
        user.set_password(form.cleaned_data["password1"])
        user.save(update_fields=["password"])
        form.save()
        locked.update(accepted_at=timezone.now())
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "invitation": self.invitation, "author": self.author}


def kept_private(response: HttpResponseBase) -> HttpResponseBase:
    """The address is a key: not indexed, not kept, never told, not even to this site.

    ``no-referrer`` would make browsers send « Origin: null » with the form, which Django refuses.
    """
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "strict-origin"
    return response
