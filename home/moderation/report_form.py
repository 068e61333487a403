"""« Signaler un contenu »: the form that every page leads to, for anybody."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.models import Page, Site

from home.delivery.mails import admin_url, send
from home.delivery.open_forms import TimedForm, for_nobody_else, visitor, within_limit
from home.moderation import addressees
from home.moderation.complaints import ContentReport

HOURLY = 10  # messages from one address: an association's office is one address too
ADDRESS_LENGTH = 500
# Somebody may be in danger, or three days are running: these don't wait for the day's digest.
URGENT = {ContentReport.Kind.RECOGNISABLE, ContentReport.Kind.REPLY}
TOO_MANY = _(
    "Trop de messages sont partis de votre connexion depuis une heure. "
    "Le vôtre est toujours là : envoyez-le un peu plus tard."
)


class ReportForm(TimedForm, forms.ModelForm):  # type: ignore[type-arg]
    kind = forms.ChoiceField(
        label=_("De quoi s’agit-il ?"),
        choices=ContentReport.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce qui s’en approche le plus.")},
    )

    class Meta:
        model = ContentReport
        fields = ["address", "kind", "message", "contact"]
        widgets = {
            "message": forms.Textarea(attrs={"rows": 8}),
            "contact": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        help_texts = {
            "message": _(
                "Dites où, et ce qui pose problème. "
                "Pour un droit de réponse, écrivez ici le texte que vous voulez voir paraître, et votre nom."
            ),
            "address": _("Copiez-la de la barre d’adresse, ou dites de quelle page il s’agit."),
        }
        error_messages = {"message": {"required": _("Écrivez ce qui se passe, même en deux mots.")}}

    def clean_address(self) -> str:
        return one_line(self.cleaned_data["address"])


@csrf_exempt  # without a session or a cookie there is nothing that another site could make a browser misuse
@require_http_methods(["GET", "HEAD", "POST"])
def report_content(request: HttpRequest) -> HttpResponse:
    """The form, about the page of ``?page=``; a word of thanks once it was sent."""
    if "envoye" in request.GET and request.method != "POST":
        return _shown(request, "moderation/report_thanks.html", reply=request.GET["envoye"] == "reponse")
    if request.method != "POST":
        address = one_line(request.GET.get("page", ""))
        return _form(request, ReportForm(initial={"address": address}), address)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _form(request, form, one_line(request.POST.get("address", "")))
    if not within_limit("report", visitor(request), HOURLY):
        form.add_error(None, TOO_MANY)
        return _form(request, form, form.cleaned_data["address"], status=429)
    report = keep(form, reported_page(request, form.cleaned_data["address"]))
    sent = "reponse" if report.kind == ContentReport.Kind.REPLY else "oui"
    return for_nobody_else(redirect(f"{reverse('report_content')}?envoye={sent}"))


@transaction.atomic
def keep(form: ReportForm, page: Page | None) -> ContentReport:
    """Save what was reported, and tell the moderation at once of what can't wait.

    The mail leads to the report without repeating it: what it says of people stays on the site.
    """
    report: ContentReport = form.save(commit=False)
    report.page = page
    report.save()
    if report.kind in URGENT:
        context = {"report": report, "url": admin_url("content_report", report.pk)}
        send("moderation/mails/report", addressees.moderation(), context)
    return report


def reported_page(request: HttpRequest, address: str) -> Page | None:
    """The public page at *address*, a path or a whole address of this site; ``None`` for anything else."""
    site = Site.find_for_request(request)
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if site is None or not parts.path.startswith("/") or parts.netloc not in ("", request.get_host()):
        return None
    path = site.root_page.url_path + parts.path.lstrip("/")
    return Page.objects.live().public().filter(url_path=path if path.endswith("/") else f"{path}/").first()


def one_line(text: str) -> str:
    """*text* without line breaks and other characters that can't be seen, cut to what fits."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[
        :ADDRESS_LENGTH
    ]


def _form(request: HttpRequest, form: ReportForm, address: str, status: int = 200) -> HttpResponse:
    page = reported_page(request, address)
    return _shown(request, "moderation/report_form.html", status, form=form, address=address, reported=page)


def _shown(request: HttpRequest, template: str, status: int = 200, **context: object) -> HttpResponse:
    return for_nobody_else(render(request, template, context, status=status))
