"""The two steps of review."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import AbstractGroupApprovalTask, Page, Task, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from home.moderation.completeness import missing_for_publication
from home.moderation.decisions import Decision
from home.moderation.permissions import is_editor
from home.moderation.preferences import ModerationSettings
from home.moderation.scope import territory_referents
from home.people.accounts import User
from home.privacy.register import NothingPersonal

Actions = list[tuple[str, Any, bool]]


def is_own_revision(page: Page, user: User) -> bool:
    """Whether *user* wrote what is under review, changed it since, or asked for the review."""
    state = page.current_workflow_state
    writers = {page.latest_revision and page.latest_revision.user_id}
    if not page.live:
        writers.add(page.owner_id)  # who began the text; a published one belongs to those who change it
    if state:
        writers.add(state.requested_by_id)
        writers.add(state.current_task_state and state.current_task_state.revision.user_id)
    return user.pk in writers


def small_team_allows(page: Page) -> bool:
    """Whether the site of *page* lifts the rule that nobody approves their own text."""
    return bool(ModerationSettings.of(page).small_team)


def refusal(page: Page, user: User) -> str:
    """Why *user*, who may review *page*, can't approve it as it stands; empty when they can."""
    if is_own_revision(page, user) and not small_team_allows(page):
        return gettext("Vous avez écrit, modifié ou soumis ce texte : une autre personne doit l’approuver.")
    if missing := missing_for_publication(page):
        return gettext("Ce texte n’est pas complet, on ne peut pas l’approuver. À revoir : %(missing)s.") % {
            "missing": ", ".join(missing)
        }
    return ""


class ReviewTask(Task):
    """What both steps share: a revision is never approved by the person who wrote or submitted it."""

    asks_questions = False

    class Meta:
        abstract = True

    def is_reviewer(self, page: Page, user: User) -> bool:
        """Whether this step of *page*'s review is asked of *user*."""
        raise NotImplementedError

    def reviewers(self, page: Page) -> models.QuerySet[User]:
        """The active people whom this step of *page*'s review waits for, each once."""
        raise NotImplementedError

    def get_actions(self, obj: Page, user: User) -> Actions:
        """What *user* may decide. Wagtail asks it too for whoever may cancel a review."""
        if not self.is_reviewer(obj, user):
            return []
        actions: Actions = [("reject", _("Demander des changements"), True)]
        return actions if refusal(obj, user) else [*actions, ("approve", _("Approuver"), True)]

    def on_action(
        self,
        task_state: TaskState,
        user: User,
        action_name: str,
        decision: Decision | None = None,
        **kwargs: Any,
    ) -> None:
        """Carry out *decision*, which ``verdicts.decide`` has made and kept.

        Raise ``PermissionDenied`` when it is not *user*'s to make, or when there is none: Wagtail's own addresses
        know of no checklist and of no version that was read.
        """
        page = task_state.workflow_state.content_object
        if action_name not in {name for name, _label, _modal in self.get_actions(page, user)}:
            raise PermissionDenied(refusal(page, user))
        if decision is None or decision.kind != action_name or decision.task_state_id != task_state.pk:
            raise PermissionDenied
        if action_name == "approve" and is_own_revision(page, user):
            log(instance=page, action="home.approve_own_revision", user=user, revision=decision.revision)
        super().on_action(task_state, user, action_name, **kwargs)

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        """Reviewing gives no right to rewrite: those who may edit everybody's texts have it from their group."""
        return False

    def locked_for_user(self, obj: Page, user: User) -> bool:
        return not is_editor(user, obj)


class EditorialReviewTask(ReviewTask, AbstractGroupApprovalTask):
    """« Relecture et contrôle »: by the groups chosen here, with the questions of the settings."""

    privacy: ClassVar = NothingPersonal("a step of every review")

    asks_questions = True

    class Meta:
        verbose_name = _("relecture et contrôle")
        verbose_name_plural = _("relectures et contrôles")

    def is_reviewer(self, page: Page, user: User) -> bool:
        return bool(user.is_superuser or self._user_in_groups(user))

    def reviewers(self, page: Page) -> models.QuerySet[User]:
        return User.objects.filter(is_active=True, groups__in=self.groups.all()).distinct()

    @classmethod
    def get_description(cls) -> Any:
        return _("Les membres des groupes choisis relisent et décident, jamais de leur propre texte.")


class TerritoryReviewTask(ReviewTask):
    """« Regard du territoire »: by the référent·es of the page's own territory; skipped where it has none."""

    privacy: ClassVar = NothingPersonal("a step of every review")

    class Meta:
        verbose_name = _("regard du territoire")
        verbose_name_plural = _("regards du territoire")

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        page = workflow_state.content_object
        others = territory_referents(page).exclude(pk=user.pk) if user else territory_referents(page)
        if others.exists():
            return super().start(workflow_state, user=user)
        state = TaskState.objects.create(
            workflow_state=workflow_state,
            task=self,
            revision=page.get_latest_revision(),
            status=TaskState.STATUS_SKIPPED,
        )
        log(instance=page, action="home.territory_review_skipped", user=user, revision=state.revision)
        return state

    def is_reviewer(self, page: Page, user: User) -> bool:
        """The référent·es, and whoever may publish: a review must not wait for somebody who has left."""
        if page_permission_policy.user_has_permission_for_instance(user, "publish", page):
            return True
        return territory_referents(page).filter(pk=user.pk).exists()

    def reviewers(self, page: Page) -> models.QuerySet[User]:
        return territory_referents(page)

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> models.QuerySet[TaskState]:
        states = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        mine = [state.pk for state in states if self.is_reviewer(state.workflow_state.content_object, user)]
        return states.filter(pk__in=mine)

    @classmethod
    def get_description(cls) -> Any:
        return _(
            "Les référent·es du territoire de la page donnent leur regard ; sans référent·e, l’étape est passée."
        )
