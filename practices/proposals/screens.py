"""The public pages of a proposal: begin, go on by the mailed link, hand over, follow, withdraw; no cookie."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.delivery.open_forms import OpenForm, TimedForm, for_nobody_else, visitor, within_limit
from practices.proposals.changes import as_text, changes, told_apart
from practices.proposals.content import Content, snapshot
from practices.proposals.decisions import hand_over, library_path, withdraw
from practices.proposals.forms import Questions
from practices.proposals.letters import write_to
from practices.proposals.proposal import BEGUN_A_DAY, DECIDED_KEPT, UNSENT_KEPT, Proposal

if TYPE_CHECKING:
    from practices.sheets import PracticeIndexPage, PracticePage

METHODS = ["GET", "HEAD", "POST"]
HOURLY = 10  # proposals begun from one connection: an association's office is one connection too
SAVED_HOURLY = 120
MOST_LETTERS = 150_000  # characters of all answers together
SALT = "practices.proposals.base"

TOO_MANY = _(
    "Trop de demandes sont parties de votre connexion depuis une heure. "
    "Vos réponses sont toujours là : réessayez un peu plus tard."
)
TOO_LONG = _(
    "C’est trop long pour une fiche. Vos réponses sont toujours là : raccourcissez, ou donnez un lien vers le reste."
)
NO_FILES = _(
    "Les fichiers joints ne sont pas acceptés. Vos réponses sont toujours là ; donnez plutôt un lien vers le document."
)
BEGUN_OFTEN = _(
    "Cette adresse a déjà servi à commencer %(count)s propositions aujourd’hui. "
    "Vos réponses sont toujours là : reprenez une proposition commencée par le lien reçu, ou réessayez demain."
)
NOTHING_CHANGED = _("Vous n’avez rien changé à la fiche, ni rien écrit à la modération.")


class ContactForm(TimedForm):
    email = forms.EmailField(
        label=_("Votre adresse électronique"),
        max_length=254,
        help_text=_(
            "Vous y recevez tout de suite un lien, pour continuer quand vous voulez et pour envoyer à la modération."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Sans adresse, nous ne pouvons pas vous donner le lien.")},
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class AgreementForm(OpenForm):
    agrees = forms.BooleanField(
        label=_(
            "J’accepte que ce texte soit relu, changé au besoin, et publié sous la licence libre CC BY-SA 4.0. "
            "Il ne permet de reconnaître aucune personne exilée."
        ),
        error_messages={"required": _("Sans cet accord, rien ne peut être publié.")},
    )


def propose(library: PracticeIndexPage, request: HttpRequest) -> HttpResponse:
    """A new sheet."""
    return _begin(request, library, None)


def correct(sheet: PracticePage, request: HttpRequest) -> HttpResponse:
    """A correction of a public sheet: the form holds what it says."""
    return _begin(request, sheet.get_parent().specific, sheet)


def _begin(request: HttpRequest, library: PracticeIndexPage, sheet: PracticePage | None) -> HttpResponse:
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    about: dict[str, Any] = {"library": library, "sheet": sheet}
    correcting = sheet is not None
    if request.method != "POST":
        if "envoye" in request.GET:
            return _shown(request, "begun", **about)
        questions = Questions(snapshot(sheet) if sheet else {}, correcting=correcting)
        return _shown(
            request, "begin", questions=questions, contact=ContactForm(), base=_stamp(sheet), **about
        )
    typed = Questions(data=request.POST, correcting=correcting).typed()
    stamp = request.POST.get("base", "")
    if more := request.POST.get("ajouter"):
        questions = Questions(typed, correcting=correcting, more=more)
        contact = ContactForm(initial={"email": request.POST.get("email", "")})
        return _shown(request, "begin", questions=questions, contact=contact, base=stamp, **about)
    contact = ContactForm(request.POST)
    status = _check(request, contact, typed, "proposal", HOURLY)
    if not contact.errors and not _start(contact, typed, sheet, stamp):
        contact.add_error(None, BEGUN_OFTEN % {"count": BEGUN_A_DAY})
        status = HTTPStatus.TOO_MANY_REQUESTS
    if contact.errors:
        questions = Questions(typed, correcting=correcting)
        return _shown(request, "begin", status, questions=questions, contact=contact, base=stamp, **about)
    return for_nobody_else(redirect(f"{request.path}?envoye=oui"))


@transaction.atomic
def _start(contact: ContactForm, typed: Content, sheet: PracticePage | None, stamp: str) -> bool:
    """Keep what was typed and mail the link; ``False`` when this address has begun enough for today."""
    email = contact.cleaned_data["email"]
    if not Proposal.objects.may_begin(email):
        return False
    base = _base(sheet, stamp) if sheet else {}
    proposal = Proposal.objects.create(
        sheet=sheet, is_correction=sheet is not None, email=email, content=typed, base=base
    )
    write_to(proposal, "link", library_path())
    return True


def resume(library: PracticeIndexPage, request: HttpRequest, token: str) -> HttpResponse:
    """What the mailed link leads to: the form, or what became of the proposal."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    proposal = Proposal.objects.behind(token)
    if proposal is None:
        return _over(request, library)
    if proposal.handed_over_at:
        return _shown(request, "followed", library=library, proposal=proposal, typed=_sent_text(request))
    if request.method == "POST":
        return _go_on(request, library, proposal)
    questions = Questions(proposal.content, correcting=proposal.is_correction)
    return _resumed(request, library, proposal, questions, AgreementForm(), saved="enregistre" in request.GET)


def _go_on(request: HttpRequest, library: PracticeIndexPage, proposal: Proposal) -> HttpResponse:
    """Another row, « Enregistrer » or « Envoyer à la modération »: each keeps what was typed."""
    sent = Questions(data=request.POST, correcting=proposal.is_correction)
    typed, more, sending = sent.typed(), request.POST.get("ajouter", ""), "envoyer" in request.POST
    unchecked = Questions(typed, correcting=proposal.is_correction, more=more)
    if more:
        return _resumed(request, library, proposal, unchecked, AgreementForm())
    agreement = AgreementForm(
        request.POST if sending else {"agrees": "on", "trap": request.POST.get("trap", "")}
    )
    status = _check(request, agreement, typed, "proposal_saved", SAVED_HOURLY)
    if agreement.non_field_errors():
        return _resumed(request, library, proposal, unchecked, agreement, status)
    if not _keep(proposal, typed, request.POST.get("version", "")):
        return _crossed(request, library, proposal, unchecked, typed)
    if not sending:
        return for_nobody_else(redirect(f"{request.path}?enregistre=oui"))
    if not _is_ready(sent, agreement, proposal):
        return _resumed(request, library, proposal, sent, agreement, checked=True)
    hand_over(proposal, sent.content())
    return for_nobody_else(redirect(request.path))


def _keep(proposal: Proposal, typed: Content, version: str) -> bool:
    """Save what was *typed* over the version that its page was opened with; ``False`` when another one was saved."""
    if version not in ("", proposal.version):
        return False
    unsent = Proposal.objects.filter(pk=proposal.pk, handed_over_at=None, saved_at=proposal.saved_at)
    saved_at = timezone.now()
    if not unsent.update(content=typed, saved_at=saved_at):
        return False
    proposal.saved_at = saved_at
    return True


def _crossed(
    request: HttpRequest, library: PracticeIndexPage, proposal: Proposal, questions: Questions, typed: Content
) -> HttpResponse:
    """The link was open twice. Both texts are shown: nothing is overwritten before somebody has seen it."""
    proposal.refresh_from_db()
    if proposal.handed_over_at:
        return _shown(request, "followed", library=library, proposal=proposal, typed=as_text(typed))
    apart = told_apart(proposal.content, typed)
    return _resumed(
        request, library, proposal, questions, AgreementForm(), HTTPStatus.CONFLICT, crossed=True, apart=apart
    )


def _resumed(
    request: HttpRequest,
    library: PracticeIndexPage,
    proposal: Proposal,
    questions: Questions,
    agreement: AgreementForm,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    about: dict[str, Any] = {"library": library, "sheet": proposal.sheet, "proposal": proposal}
    unsaved = "ajouter" in request.POST or agreement.non_field_errors()
    about["version"] = (unsaved and request.POST.get("version")) or proposal.version
    return _shown(request, "resume", status, questions=questions, agreement=agreement, **about, **context)


def withdraw_proposal(library: PracticeIndexPage, request: HttpRequest, token: str) -> HttpResponse:
    """A button: programs that look through mails open links."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    proposal = Proposal.objects.behind(token)
    if proposal is None:  # withdrawn before, or never there: what was asked for is so
        return _shown(request, "withdrawn", library=library)
    if request.method != "POST":
        return _shown(request, "withdraw", library=library, proposal=proposal)
    withdraw(proposal)
    return _shown(request, "withdrawn", library=library)


def _is_ready(questions: Questions, agreement: AgreementForm, proposal: Proposal) -> bool:
    complete = questions.is_complete()
    if complete and proposal.is_correction:
        content = questions.content()
        if not content["note"] and not changes(proposal.base, content, proposal.base):
            agreement.add_error(None, NOTHING_CHANGED)
    return complete and agreement.is_valid()


def _check(request: HttpRequest, form: forms.Form, typed: Content, scope: str, limit: int) -> int:
    """Add to *form* what speaks against taking what was sent; the status of the answer."""
    form.is_valid()
    if request.FILES:
        form.add_error(None, NO_FILES)
    if len(str(typed)) > MOST_LETTERS:
        form.add_error(None, TOO_LONG)
    if not form.errors and not within_limit(scope, visitor(request), limit):
        form.add_error(None, TOO_MANY)
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.OK


def _stamp(sheet: PracticePage | None) -> str:
    """Which version of the sheet the form was opened with, signed: what was a draft can't be asked for."""
    return signing.dumps([sheet.pk, sheet.live_revision_id], salt=SALT) if sheet else ""


def _base(sheet: PracticePage, stamp: str) -> Content:
    """What *sheet* said when the form was opened; what it says now where that can't be known."""
    try:
        page, revision_id = signing.loads(stamp, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return snapshot(sheet)
    revision = sheet.revisions.filter(pk=revision_id).first() if page == sheet.pk else None
    return snapshot(revision.as_object() if revision else sheet)


def _over(request: HttpRequest, library: PracticeIndexPage) -> HttpResponse:
    return _shown(request, "over", HTTPStatus.GONE, library=library, typed=_sent_text(request))


def _sent_text(request: HttpRequest) -> str:
    """What was sent to a link that takes no answers any more, to be given back and copied."""
    return as_text(Questions(data=request.POST).typed()) if request.method == "POST" else ""


def _shown(request: HttpRequest, screen: str, status: int = 200, **context: Any) -> HttpResponse:
    """One of the screens. The address may hold a secret: it is not told to the next site either."""
    days = {"unsent_days": UNSENT_KEPT.days, "decided_days": DECIDED_KEPT.days}
    response = for_nobody_else(
        render(
            request,
            f"practices/proposals/{screen}.html",
            {**days, **context, "screen": screen},
            status=status,
        )
    )
    response["Referrer-Policy"] = "no-referrer"
    return response
