"""What a partner sees behind a link: the newest version of a draft, as readers would, and a place for remarks."""

from __future__ import annotations

import copy
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from home.delivery.mails import admin_url, send
from home.delivery.open_forms import OpenForm, for_nobody_else, within_limit
from home.moderation import addressees
from home.moderation.correspondents import authors
from home.moderation.shared_drafts import DraftLink, DraftRemark, may_share

HOURLY = 10  # remarks by one link
TOO_MANY = _(
    "Beaucoup de remarques sont arrivées par ce lien depuis une heure. "
    "La vôtre est toujours là : envoyez-la un peu plus tard."
)


class RemarkForm(OpenForm, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = DraftRemark
        fields = ["name", "text"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "text": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {
            "text": _("La personne qui écrit et la modération la reçoivent. Elle n’est pas publiée.")
        }
        error_messages = {"text": {"required": _("Écrivez votre remarque avant de l’envoyer.")}}


@csrf_exempt  # without a session or a cookie there is nothing to misuse: the secret is the address itself
@require_http_methods(["GET", "HEAD", "POST"])
def shared_draft(request: HttpRequest, token: str) -> HttpResponse:
    """The draft behind *token*: 404 for an address that was never given, 410 for one that is over."""
    link = DraftLink.objects.behind(token)
    if link is None:
        raise Http404
    if not link.is_open:
        return _secret(_over(request))
    if request.method != "POST":
        if request.method == "GET" and link.opened_at is None:
            DraftLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=timezone.now())
        return _secret(_draft(request, link, RemarkForm()))
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _secret(_draft(request, link, form))
    if not within_limit("remark", str(link.pk), HOURLY):
        form.add_error(None, TOO_MANY)
        return _secret(_draft(request, link, form, status=429))
    keep(form, link)
    return _secret(redirect(f"{link.get_absolute_url()}?remarque=recue#remarques"))


@transaction.atomic
def keep(form: RemarkForm, link: DraftLink) -> DraftRemark:
    """Save a remark; tell those whose text it is, and the moderation."""
    remark: DraftRemark = form.save(commit=False)
    remark.link = link
    remark.save()
    page = link.page.get_latest_revision_as_object()
    for person in dict.fromkeys([*authors(link.page), *addressees.moderation()]):
        url = admin_url("share_draft", page.pk) if may_share(page, person) else ""
        send("moderation/mails/remark", [person], {"remark": remark, "link": link, "page": page, "url": url})
    return remark


def _draft(request: HttpRequest, link: DraftLink, form: RemarkForm, status: int = 200) -> HttpResponse:
    """The newest version, rendered for somebody who is nobody in particular, whoever opens the link."""
    stranger: Any = copy.copy(request)
    stranger.method, stranger.user, stranger.COOKIES = "GET", AnonymousUser(), {}
    stranger.is_preview = True
    # Read by the frame of every page (base.html): no view of a page knows of links.
    stranger.shared_draft = {"link": link, "form": form, "thanks": "remarque" in request.GET}
    text = link.page.get_latest_revision_as_object()
    response: HttpResponse = text.serve_preview(stranger, text.default_preview_mode)
    response.status_code = status
    return response


def _over(request: HttpRequest) -> HttpResponse:
    """What was typed comes back: the link may have ended while somebody was writing."""
    return render(request, "moderation/draft_over.html", {"typed": request.POST.get("text", "")}, status=410)


def _secret(response: HttpResponse) -> HttpResponse:
    """The address is the key: it must not travel to the sites that the draft links to."""
    response["Referrer-Policy"] = "no-referrer"
    return for_nobody_else(response)
