"""« Inviter des volontaires »: paste or choose a file, read what was understood, send; and who was invited before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse_lazy
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView, View
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, log

from home.delivery.outbox import count_waiting
from home.moderation.editor_views import EditorsMenuItem, ForEditors
from home.people.cohort import MAX_BYTES, MAX_LINES, decoded, rows_of
from home.people.invitations import Invitation
from home.people.inviting import VALID, Line, has_expired, invite, invite_again, understood

TITLE = _("Inviter des volontaires")
SHOWN = 200


def invite_menu_item() -> EditorsMenuItem:
    return EditorsMenuItem(TITLE, reverse_lazy("invite"), name="invite", icon_name="mail", order=0)


class CohortForm(forms.Form):
    text = forms.CharField(
        label=_("Les personnes, une par ligne"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "Dans cet ordre : adresse électronique, prénom et nom, session, territoire, organisation d’accueil, "
            "mineure ou non. Collez un tableau tel quel, ou séparez par des points-virgules."
        ),
    )
    file = forms.FileField(
        label=_("Ou un fichier CSV"),
        required=False,
        help_text=_("Il prend la place de ce qui est écrit plus haut."),
    )
    checked = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("Ce fichier est trop gros pour une liste de personnes."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        file = cleaned.get("file")
        text = decoded(file.read()).replace("\x00", "") if file else cleaned.get("text", "")
        cleaned["text"] = text
        count = len(rows_of(text))
        if not count:
            self.add_error("text", _("Personne encore : collez une liste, ou choisissez un fichier."))
        if count > MAX_LINES or len(text) > MAX_BYTES:
            self.add_error("text", _("Trop de lignes à la fois : envoyez la liste en plusieurs fois."))
        return cleaned


if TYPE_CHECKING:  # Django's own class can't be subscripted
    CohortFormView = FormView[CohortForm]
else:
    CohortFormView = FormView


class InviteView(ForEditors, CohortFormView):
    """Two steps on one page: what is sent is what was checked; a list changed since is checked again."""

    template_name = "people/invite.html"
    page_title = TITLE
    header_icon = "mail"
    form_class = CohortForm

    def form_valid(self, form: CohortForm) -> HttpResponse:
        text = form.cleaned_data["text"]
        lines = understood(text)
        wrong = any(line.errors for line in lines)
        is_checked = form.cleaned_data["checked"] == seal(text)
        if "send" in self.request.POST and is_checked and not wrong:
            return self._send(lines)
        # The text of a file, or the text that was checked, is what one goes on with.
        again = CohortForm(initial={"text": text, "checked": seal(text)})
        count = sum(line.is_sent for line in lines)
        context = self.get_context_data(form=again, lines=lines, wrong=wrong, count=count)
        return self.render_to_response(context)

    def _send(self, lines: list[Line]) -> HttpResponse:
        people = invite(lines, by=self.editor)
        for person in people:
            log(person, "home.invite", user=self.editor)
        told = ngettext("%(count)s personne est invitée.", "%(count)s personnes sont invitées.", len(people))
        messages.success(self.request, told % {"count": len(people)})
        tell_of_waiting_mails(self.request, [person.email for person in people])
        return redirect("invite")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        earlier = Invitation.objects.select_related(
            "user", "mission__session", "mission__territory", "invited_by"
        )
        return {
            **super().get_context_data(**kwargs),
            "invitations": [(invitation, state_of(invitation)) for invitation in earlier[:SHOWN]],
            "days": VALID.days,
        }


def seal(text: str) -> str:
    """What tells that *text* is the one that was checked. Browsers send other line breaks than files have."""
    return salted_hmac("home.people.cohort", "\n".join(text.splitlines()).strip()).hexdigest()


def state_of(invitation: Invitation) -> str:
    if invitation.accepted_at:
        return "accepted"
    return "expired" if has_expired(invitation) else "waiting"


def tell_of_waiting_mails(request: HttpRequest, addresses: list[str]) -> None:
    """Say so when the mail server did not take what was just sent: somebody may be waiting for it."""
    if count := count_waiting(addresses):
        words = ngettext(
            "Le serveur de courrier ne répond pas : %(count)s courrier attend. "
            "Le site réessaie toutes les cinq minutes.",
            "Le serveur de courrier ne répond pas : %(count)s courriers attendent. "
            "Le site réessaie toutes les cinq minutes.",
            count,
        )
        messages.warning(request, words % {"count": count})


class InviteAgainView(ForEditors, View):
    """« Renvoyer »: a new link; the one before ends."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, invitation_id: int) -> HttpResponse:
        invitation = get_object_or_404(Invitation, pk=invitation_id)
        if invite_again(invitation):
            messages.success(
                request, _("Un nouveau lien part à %(email)s.") % {"email": invitation.user.email}
            )
            tell_of_waiting_mails(request, [invitation.user.email])
        else:
            messages.info(request, _("Rien n’est parti : l’invitation est acceptée, ou le compte est fermé."))
        return redirect("invite")


@hooks.register("register_log_actions")
def register_inviting(actions: LogActionRegistry) -> None:
    actions.register_action("home.invite", _("Inviter"), _("A invité la personne à écrire"))


@hooks.register("register_admin_urls")
def invite_urls() -> list[URLPattern]:
    return [
        path("inviter/", InviteView.as_view(), name="invite"),
        path("inviter/<int:invitation_id>/renvoyer/", InviteAgainView.as_view(), name="invite_again"),
    ]
