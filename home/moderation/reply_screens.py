"""Rights of reply in the admin: what was asked, until when, and the two answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import HeaderButton
from wagtail.models import Page

from home.moderation import queue
from home.moderation.complaints import ContentReport, RightOfReply
from home.moderation.editor_views import ForEditors
from home.moderation.permissions import is_editor
from home.moderation.right_of_reply import TooLateError, insert, may_decide, record, refuse, rewrite
from home.people.accounts import User

TITLE = _("Droits de réponse")
SHOWN = 50  # of those that are decided
OWN = _(
    "Cette page est la vôtre : une autre personne de la modération doit s’occuper des réponses qu’on y demande."
)


class ReplyForm(WagtailAdminModelForm):
    """What was asked, word for word."""

    class Meta:
        model = RightOfReply
        fields = ["asked_by", "text", "received_at"]
        help_texts = {"text": _("Mot pour mot. Il paraît tel quel, sous le texte de la page.")}

    def clean_received_at(self) -> Any:
        received = self.cleaned_data["received_at"]
        if received > timezone.now():
            raise ValidationError(_("La demande ne peut pas arriver demain."))
        return received


class NewReplyForm(ReplyForm):
    def clean_page(self) -> Page:
        page: Page = self.cleaned_data["page"]
        if page.is_root():
            raise ValidationError(_("Choisissez une page du site."))
        if not getattr(page.specific_class, "has_own_text", True):
            raise ValidationError(
                _("Cette page n’est qu’une liste : choisissez le texte auquel la personne répond.")
            )
        if not may_decide(page, self.for_user):
            raise ValidationError(OWN)
        return page

    class Meta(ReplyForm.Meta):
        fields = ["page", "asked_by", "text", "received_at"]


if TYPE_CHECKING:  # Django's own class can't be subscripted
    ReplyFormView = FormView[ReplyForm]
else:
    ReplyFormView = FormView


class RepliesView(ForEditors, TemplateView):
    template_name = "moderation/replies.html"
    page_title = TITLE
    header_icon = "openquote"

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Enregistrer une demande"), reverse("new_right_of_reply"), icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        replies = RightOfReply.objects.select_related("page")
        return {
            **super().get_context_data(**kwargs),
            "waiting": replies.waiting(),
            "decided": replies.exclude(pk__in=replies.waiting()).order_by("-received_at")[:SHOWN],
        }


class NewReplyView(ForEditors, ReplyFormView):
    """A demand that came by letter or mail, or by a report (``?signalement=``)."""

    template_name = "moderation/reply_new.html"
    page_title = _("Enregistrer une demande")
    header_icon = "openquote"
    form_class = NewReplyForm
    parents = ((reverse_lazy("rights_of_reply"), TITLE),)

    @property
    def report(self) -> ContentReport | None:
        """The report that is turned into a reply, while nobody has handled it."""
        number = self.request.GET.get("signalement", "")
        return ContentReport.objects.waiting().filter(pk=number).first() if number.isdecimal() else None

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.editor}

    def get_initial(self) -> dict[str, Any]:
        if report := self.report:
            return {"page": report.page, "text": report.message, "received_at": report.created_at}
        return {"received_at": timezone.now()}

    def form_valid(self, form: ReplyForm) -> HttpResponse:
        try:
            reply = record(form.save(commit=False), self.editor, self.report)
        except TooLateError as late:
            messages.warning(self.request, str(late))
            return redirect("rights_of_reply")
        messages.success(self.request, _("La demande est enregistrée : trois jours pour l’insérer."))
        return redirect("right_of_reply", reply.pk)


class ReplyView(ForEditors, ReplyFormView):
    """One demand: corrected while it waits, then inserted or refused; taken off again if need be."""

    template_name = "moderation/reply.html"
    page_title = _("Droit de réponse")
    header_icon = "openquote"
    form_class = ReplyForm
    parents = ((reverse_lazy("rights_of_reply"), TITLE),)

    @cached_property
    def reply(self) -> RightOfReply:
        replies = RightOfReply.objects.select_related("page", "published_by", "refused_by")
        return get_object_or_404(replies, pk=self.kwargs["reply_id"])

    def get_form_kwargs(self) -> dict[str, Any]:
        # A copy: what is typed must not show in what is.
        return {**super().get_form_kwargs(), "instance": RightOfReply.objects.get(pk=self.reply.pk)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_decide(self.reply.page, self.editor):
            raise PermissionDenied
        try:
            if "refuse" in request.POST:
                return self._refuse(request.POST.get("refusal", "").strip())
            response: HttpResponse = super().post(request, *args, **kwargs)
        except TooLateError as late:
            messages.warning(request, str(late))
            return self._back()
        return response

    def form_valid(self, form: ReplyForm) -> HttpResponse:
        rewrite(self.reply, self.editor, **form.cleaned_data)
        if "insert" in self.request.POST:
            insert(self.reply, self.editor)
            messages.success(self.request, _("La réponse est sur la page."))
        else:
            messages.success(self.request, _("La demande est corrigée."))
        return self._back()

    def _refuse(self, reason: str) -> HttpResponse:
        longest = RightOfReply._meta.get_field("refusal").max_length or 0
        if not reason or len(reason) > longest:
            wrong = _("Dites pourquoi, en %(longest)d signes au plus : la personne peut contester un refus.")
            context = self.get_context_data(refusal=reason, refusal_error=wrong % {"longest": longest})
            response: HttpResponse = self.render_to_response(context)
            return response
        refuse(self.reply, self.editor, reason)
        messages.success(self.request, _("C’est noté, avec la raison."))
        return self._back()

    def _back(self) -> HttpResponse:
        return redirect("right_of_reply", self.reply.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs and self.request.method == "POST":  # the other form of the screen was sent
            kwargs["form"] = ReplyForm(instance=self.get_form_kwargs()["instance"])
        return {
            **super().get_context_data(**kwargs),
            "reply": self.reply,
            "page": self.reply.page.specific,
            "may_decide": may_decide(self.reply.page, self.editor),
            "own": OWN,
        }


@hooks.register("register_admin_urls")
def reply_urls() -> list[URLPattern]:
    return [
        path("droits-de-reponse/", RepliesView.as_view(), name="rights_of_reply"),
        path("droits-de-reponse/nouveau/", NewReplyView.as_view(), name="new_right_of_reply"),
        path("droits-de-reponse/<int:reply_id>/", ReplyView.as_view(), name="right_of_reply"),
    ]


@hooks.register(queue.HOOK)
def replies_in_queue(user: User) -> list[queue.QueueItem]:
    if not is_editor(user):
        return []
    return [
        queue.QueueItem(
            kind=gettext("Droit de réponse"),
            title=str(reply),
            url=reverse("right_of_reply", args=[reply.pk]),
            since=reply.received_at,
            due=reply.due_at,
        )
        for reply in RightOfReply.objects.waiting().select_related("page")
    ]
