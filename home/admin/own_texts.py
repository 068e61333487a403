"""« Mes textes »: what each text of a person waits for, since when, and what to do next."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import CharField, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from wagtail.models import Page, Revision, TaskState, WorkflowState

from home.moderation.claiming import first_name, is_stale
from home.moderation.decisions import Decision
from home.moderation.delays import reminder_delay, since_words
from home.moderation.waiting import current_states
from home.people.accounts import User

SHOWN = 20
URGENCY = ["critical", "info", "warning", "positive"]  # of these, the newest first


@dataclass(frozen=True)
class NextStep:
    label: str
    url: str


@dataclass(frozen=True)
class OwnText:
    """``tone`` is « critical », « info », « warning » or « positive »; ``waits_for`` says what is next, and who."""

    page: Page
    state: str
    tone: str
    moment: datetime.datetime | None
    waits_for: str = ""
    reason: str = ""
    comment: str = ""
    actions: tuple[NextStep, ...] = ()

    @property
    def since(self) -> str:
        """« depuis 3 jours », or nothing when nobody knows."""
        return since_words(self.moment) if self.moment else ""


def own_texts(user: User) -> list[OwnText]:
    """The texts that *user* began or submitted: those sent back, those under review, and the newest of the others."""
    active = WorkflowState.objects.active()
    reviewed = {int(pk) for pk in active.values_list("object_id", flat=True)}
    submitted = [int(pk) for pk in active.filter(requested_by=user).values_list("object_id", flat=True)]
    pages = Page.objects.filter(Q(owner=user) | Q(pk__in=submitted)).order_by(
        "-latest_revision_created_at", "-pk"
    )
    pages = pages.prefetch_related(current_states()).annotate(planned_for=_planned_for())
    listed = [*pages.filter(pk__in=reviewed), *pages.exclude(pk__in=reviewed)[:SHOWN]]
    delay = reminder_delay()
    return sorted((_described(page, delay) for page in listed), key=lambda text: URGENCY.index(text.tone))


def _planned_for() -> Subquery:
    """When an approved version of a page will be published, for all pages of a query."""
    planned = Revision.page_revisions.filter(
        object_id=Cast(OuterRef("pk"), output_field=CharField()), approved_go_live_at__isnull=False
    )
    return Subquery(planned.values("approved_go_live_at")[:1])


def _described(page: Page, delay: datetime.timedelta) -> OwnText:
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return _sent_back(page, state.current_task_state)
    if state and state.current_task_state:
        return _under_review(page, state.current_task_state, delay)
    if page.planned_for:
        return _planned(page)
    return _public(page) if page.live else _draft(page)


def _sent_back(page: Page, step: TaskState) -> OwnText:
    decision: Decision | None = getattr(step, "decision", None)
    who = first_name(decision.person if decision else None)
    return OwnText(
        page,
        gettext("Changements demandés"),
        "critical",
        step.finished_at,
        gettext("À vous : %(name)s l’a relu et attend votre nouvelle version.") % {"name": who},
        decision.get_reason_display() if decision and decision.reason else "",
        decision.comment if decision else step.comment,
        (_edit(page, gettext("Reprendre")),),
    )


def _under_review(page: Page, step: TaskState, delay: datetime.timedelta) -> OwnText:
    claim = getattr(step, "claim", None)
    waits = gettext("Étape « %(step)s ».") % {"step": step.task.name}
    if claim and not is_stale(claim, delay):
        who = {"name": first_name(claim.person), "since": since_words(claim.since)}
        waits += " " + gettext("%(name)s s’en occupe %(since)s.") % who
    else:
        waits += " " + gettext("Pas encore pris en charge.")
    draft = NextStep(gettext("Relire mon texte"), reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    return OwnText(
        page, gettext("En relecture"), "info", step.started_at, waits, actions=(draft, *_see_online(page))
    )


def _public(page: Page) -> OwnText:
    if page.has_unpublished_changes:
        return OwnText(
            page,
            gettext("Publié, avec des modifications à soumettre"),
            "warning",
            page.latest_revision_created_at,
            gettext("À vous : vos modifications n’ont pas encore été soumises."),
            actions=(_edit(page, gettext("Continuer")), *_see_online(page)),
        )
    return OwnText(page, gettext("Publié"), "positive", page.last_published_at, actions=_see_online(page))


def _draft(page: Page) -> OwnText:
    off = page.first_published_at is not None
    return OwnText(
        page,
        gettext("Retiré du site") if off else gettext("Brouillon"),
        "warning",
        page.latest_revision_created_at,
        gettext("À vous : le texte n’a pas encore été soumis.") if not off else "",
        actions=(_edit(page, gettext("Continuer")),),
    )


def _planned(page: Page) -> OwnText:
    words = date_format(localtime(page.planned_for), "j F Y, H:i")
    return OwnText(
        page,
        gettext("Approuvé, parution prévue"),
        "positive",
        page.latest_revision_created_at,
        gettext("Paraîtra le %(date)s.") % {"date": words},
        actions=_see_online(page),
    )


def _edit(page: Page, label: str) -> NextStep:
    return NextStep(label, reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _see_online(page: Page) -> tuple[NextStep, ...]:
    return (NextStep(gettext("Voir en ligne"), page.url),) if page.live and page.url else ()
