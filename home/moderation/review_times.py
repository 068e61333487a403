"""How long reviews take: for each step of a period how many were decided and how fast, and each decision in a list."""

from __future__ import annotations

import datetime
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page, Task, TaskState, get_default_page_content_type

from home.delivery.spreadsheets import harmless
from home.moderation.permissions import is_editor

DECIDED = {TaskState.STATUS_APPROVED: _("Approuvé"), TaskState.STATUS_REJECTED: _("Changements demandés")}
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class StepSummary:
    """Days; ``None`` where nothing was decided or nothing waits. ``rejected`` is a share of a hundred."""

    step: str
    decided: int
    median: float | None
    longest: float | None
    rejected: int | None
    waiting: int
    oldest: float | None


@dataclass(frozen=True)
class DecidedStep:
    """One line of the list and of its exports."""

    title: str
    url: str
    author: str
    step: str
    submitted: datetime.datetime
    decided: datetime.datetime
    days: float
    decision: str
    person: str
    reason: str


class ReviewTimesFilterSet(WagtailFilterSet):
    finished_at = django_filters.DateFromToRangeFilter(label=_("Décidé"), widget=DateRangePickerWidget)
    task = django_filters.ModelChoiceFilter(label=_("Étape"), queryset=Task.objects.all())

    class Meta:
        model = TaskState
        fields: ClassVar = ["finished_at", "task"]


def days(duration: datetime.timedelta) -> float:
    """*duration* in days, to the tenth."""
    return round(duration / DAY, 1)


def summaries(
    decided: Iterable[tuple[int, str, Any, Any]], waiting: QuerySet[TaskState]
) -> list[StepSummary]:
    """What *decided* steps (task, status, begun, finished) say of each step, with what is *waiting* now."""
    durations: dict[int, list[datetime.timedelta]] = defaultdict(list)
    sent_back: dict[int, int] = defaultdict(int)
    for task, status, begun, finished in decided:
        durations[task].append(finished - begun)
        sent_back[task] += status == TaskState.STATUS_REJECTED
    begun_at: dict[int, list[datetime.datetime]] = defaultdict(list)
    for task, begun in waiting.values_list("task_id", "started_at"):
        begun_at[task].append(begun)
    names = Task.objects.filter(pk__in={*durations, *begun_at}).order_by("name", "pk")
    return [
        _summary(name, durations[pk], sent_back[pk], begun_at[pk])
        for pk, name in names.values_list("pk", "name")
    ]


def _summary(
    name: str, durations: list[datetime.timedelta], sent_back: int, waiting: list[datetime.datetime]
) -> StepSummary:
    median = statistics.median(duration / DAY for duration in durations) if durations else None
    return StepSummary(
        step=name,
        decided=len(durations),
        median=None if median is None else round(median, 1),
        longest=days(max(durations)) if durations else None,
        rejected=round(100 * sent_back / len(durations)) if durations else None,
        waiting=len(waiting),
        oldest=days(timezone.now() - min(waiting)) if waiting else None,
    )


def _day(moment: datetime.datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT")


class ReviewTimesView(ReportView):
    page_title = _("Délais de relecture")
    header_icon = "time"
    verbose_name_plural = _("décisions")
    results_template_name = "moderation/review_times_results.html"
    index_url_name = "review_times"
    index_results_url_name = "review_times_results"
    filterset_class = ReviewTimesFilterSet
    columns: ClassVar = [
        TitleColumn("title", label=_("Titre"), get_url=lambda row: row.url),
        Column("author", label=_("Soumis par")),
        Column("step", label=_("Étape")),
        Column("submitted", label=_("Reçu"), accessor=lambda row: _day(row.submitted)),
        Column("decided", label=_("Décidé"), accessor=lambda row: _day(row.decided)),
        Column("days", label=_("Jours"), accessor=lambda row: number_format(row.days)),
        Column("decision", label=_("Décision")),
        Column("reason", label=_("Raison")),
    ]
    export_headings: ClassVar = {
        "title": _("Titre"),
        "author": _("Soumis par"),
        "step": _("Étape"),
        "submitted": _("Reçu"),
        "decided": _("Décidé"),
        "days": _("Jours"),
        "decision": _("Décision"),
        "person": _("Décidé par"),
        "reason": _("Raison"),
    }
    list_export: ClassVar = list(export_headings)
    custom_field_preprocess: ClassVar = {
        name: {"csv": harmless, "xlsx": force_str}
        for name in ("title", "author", "step", "decision", "person", "reason")
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_editor(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_filename(self) -> str:
        return f"delais-de-relecture-{timezone.localdate():%Y-%m-%d}"

    def get_queryset(self) -> QuerySet[TaskState]:
        states = TaskState.objects.filter(
            status__in=DECIDED,
            finished_at__isnull=False,
            workflow_state__base_content_type=get_default_page_content_type(),
        )
        return states.select_related(
            "workflow_state__requested_by", "task", "finished_by", "decision"
        ).order_by("-finished_at", "-pk")

    def decorate_paginated_queryset(self, object_list: Iterable[TaskState]) -> list[DecidedStep]:
        """Lines, with the titles of all their pages from one query."""
        states = list(object_list)
        ids = {int(state.workflow_state.object_id) for state in states}
        titles = dict(Page.objects.filter(pk__in=ids).values_list("pk", "draft_title"))
        return [_line(state, titles) for state in states]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "summaries": [] if self.is_export else self._summaries()}

    def get_table(self, object_list: Any) -> Any:
        return super().get_table(self.decorate_paginated_queryset(object_list))

    def _summaries(self) -> list[StepSummary]:
        decided = self.object_list.order_by().values_list("task_id", "status", "started_at", "finished_at")
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
        if self.filters and self.filters.is_valid() and (task := self.filters.form.cleaned_data.get("task")):
            waiting = waiting.filter(task=task)
        return summaries(decided, waiting)


def _line(state: TaskState, titles: dict[int, str]) -> DecidedStep:
    pk = int(state.workflow_state.object_id)
    decision = getattr(state, "decision", None)
    return DecidedStep(
        title=titles.get(pk, "") or force_str(_("(texte supprimé)")),
        url=reverse("wagtailadmin_pages:history", args=[pk]) if pk in titles else "",
        author=str(state.workflow_state.requested_by or ""),
        step=state.task.name,
        submitted=state.started_at,
        decided=state.finished_at,
        days=days(state.finished_at - state.started_at),
        decision=force_str(DECIDED[state.status]),
        person=str(state.finished_by or ""),
        reason=decision.get_reason_display() if decision and decision.reason else "",
    )


@hooks.register("register_admin_urls")
def review_times_urls() -> list[URLPattern]:
    return [
        path("reports/delais/", ReviewTimesView.as_view(), name="review_times"),
        path(
            "reports/delais/resultats/",
            ReviewTimesView.as_view(results_only=True),
            name="review_times_results",
        ),
    ]


class ReviewTimesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_editor(request.user)


@hooks.register("register_reports_menu_item")
def review_times_menu_item() -> MenuItem:
    label = _("Délais de relecture")
    return ReviewTimesMenuItem(
        label, reverse("review_times"), name="review-times", icon_name="time", order=650
    )
