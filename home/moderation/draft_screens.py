"""« Partager »: who may show a draft to a partner, to whom it was shown, and what came back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, Prefetch
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin import messages as admin_messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import Page

from home.moderation import queue
from home.moderation.permissions import is_editor
from home.moderation.preferences import ModerationSettings
from home.moderation.shared_drafts import LONGEST, DraftLink, DraftRemark, may_share
from home.people.accounts import SignedInRequest, User

TITLE = _("Partager le brouillon")


class LinkForm(forms.Form):
    recipient = forms.CharField(
        label=_("Pour qui ?"),
        max_length=120,
        help_text=_("La personne ou l’organisation à qui vous donnez le lien : un lien pour chacune."),
        error_messages={"required": _("Dites à qui vous donnez ce lien.")},
    )
    days = forms.IntegerField(label=_("Valable combien de jours ?"), min_value=1, max_value=LONGEST)


if TYPE_CHECKING:  # Django's own class can't be subscripted
    LinkFormView = FormView[LinkForm]
else:
    LinkFormView = FormView


class ShareDraftView(WagtailAdminTemplateMixin, LinkFormView):
    template_name = "moderation/share_draft.html"
    page_title = TITLE
    header_icon = "link-external"
    form_class = LinkForm
    page: Page

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not may_share(self.page, self.person):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @property
    def person(self) -> Any:
        """Who asks. (Signed in, as in every view of the admin.)"""
        return self.request.user

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Three buttons: take a link back, put a remark away, make a new link."""
        if (number := request.POST.get("revoke", "")).isdecimal():
            self._revoke(int(number))
        elif (number := request.POST.get("handled", "")).isdecimal():
            remarks = DraftRemark.objects.unhandled().filter(link__page=self.page, pk=number)
            remarks.update(handled_at=timezone.now())
        else:
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response
        return self._back()

    def form_valid(self, form: LinkForm) -> HttpResponse:
        link = DraftLink.objects.create(
            page=self.page,
            recipient=form.cleaned_data["recipient"],
            created_by=self.person,
            expires_at=timezone.now() + datetime.timedelta(days=form.cleaned_data["days"]),
        )
        self._note("shared", link)
        messages.success(self.request, _("Le lien est prêt : copiez-le et donnez-le à la personne."))
        return self._back()

    def _revoke(self, number: int) -> None:
        open_links = DraftLink.objects.filter(page=self.page, revoked_at=None, pk=number)
        if open_links.update(revoked_at=timezone.now()):
            self._note("unshared", DraftLink.objects.get(pk=number))
            messages.success(self.request, _("Le lien est retiré : il ne montre plus rien."))

    def _note(self, event: str, link: DraftLink) -> None:
        log(instance=self.page, action=f"home.draft_{event}", user=self.person, data={"link": link.pk})

    def _back(self) -> HttpResponse:
        return redirect("share_draft", self.page.pk)

    def get_initial(self) -> dict[str, Any]:
        return {"days": ModerationSettings.of(self.page).preview_days}

    def get_header_title(self) -> str:
        return f"{self.page_title}\N{NO-BREAK SPACE}: {self.page.get_admin_display_title()}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *super().get_breadcrumbs_items(),
            {"url": edit, "label": self.page.draft_title},
            {"url": "", "label": TITLE},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        links = list(
            DraftLink.objects.filter(page=self.page)
            .select_related("created_by")
            .prefetch_related(Prefetch("remarks", DraftRemark.objects.order_by("created_at")))
        )
        rows = [(link, self.request.build_absolute_uri(link.get_absolute_url())) for link in links]
        return {**super().get_context_data(**kwargs), "page": self.page, "rows": rows, "longest": LONGEST}


@hooks.register("register_admin_urls")
def share_urls() -> list[URLPattern]:
    return [path("partage/<int:page_id>/", ShareDraftView.as_view(), name="share_draft")]


@hooks.register("register_page_header_buttons")
def share_in_header(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    yield from _button(page, user)


@hooks.register("register_page_listing_more_buttons")
def share_in_listing(page: Page, user: User, next_url: str | None = None) -> Iterator[Button]:
    yield from _button(page, user)


def _button(page: Page, user: User) -> Iterator[Button]:
    """For drafts, and public pages with changes: what is public has an address that anybody may have."""
    if (not page.live or page.has_unpublished_changes) and may_share(page, user):
        yield Button(TITLE, reverse("share_draft", args=[page.pk]), icon_name="link-external", priority=55)


@hooks.register("before_edit_page")
def say_that_remarks_wait(request: SignedInRequest, page: Page) -> None:
    """A partner's remark stands above the text it is about, until somebody has put it away."""
    if request.method != "GET" or not may_share(page, request.user):
        return
    if count := DraftRemark.objects.unhandled().filter(link__page=page).count():
        words = ngettext(
            "%(count)d remarque d’un partenaire attend sur ce texte.",
            "%(count)d remarques de partenaires attendent sur ce texte.",
            count,
        )
        read = admin_messages.button(reverse("share_draft", args=[page.pk]), gettext("Lire"))
        admin_messages.info(request, words % {"count": count}, buttons=[read])


@hooks.register("register_log_actions")
def register_share_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "home.draft_shared",
        _("Donner un lien de lecture"),
        _("Un lien de lecture a été donné à un partenaire"),
    )
    actions.register_action(
        "home.draft_unshared", _("Retirer un lien de lecture"), _("Un lien de lecture a été retiré")
    )


@hooks.register(queue.HOOK)
def remarks_in_queue(user: User) -> list[queue.QueueItem]:
    """One item a page, however many remarks."""
    if not is_editor(user):
        return []
    waiting = (
        DraftRemark.objects.unhandled()
        .order_by()
        .values("link__page")
        .annotate(count=Count("pk"), since=Min("created_at"))
    )
    pages = Page.objects.in_bulk([row["link__page"] for row in waiting])
    return [
        queue.QueueItem(
            kind=ngettext("Remarque d’un partenaire", "Remarques d’un partenaire", row["count"]),
            title=str(pages[row["link__page"]].draft_title),
            url=reverse("share_draft", args=[row["link__page"]]),
            since=row["since"],
        )
        for row in waiting
    ]
