"""What becomes of a proposal: handed over, withdrawn, adopted or dismissed."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log
from wagtail.models import Page

from home.moderation.permissions import is_editor
from home.moderation.right_of_reply import TooLateError
from home.people.accounts import User
from practices.proposals.changes import Change, changes, merged
from practices.proposals.content import Content, snapshot, split_tags, write
from practices.proposals.forms import ALL_NAMES
from practices.proposals.letters import write_to
from practices.proposals.proposal import Proposal
from practices.proposals.questions import TAGS


@transaction.atomic
def hand_over(proposal: Proposal, content: Content) -> bool:
    """Give the complete *content* to the moderators; ``False`` when that was done before.

    A new sheet becomes a draft without an owner, which only editors know of; a correction waits beside its sheet.
    """
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.handed_over_at:
        return False
    locked.content, locked.saved_at = content, timezone.now()
    locked.handed_over_at = locked.saved_at
    if not locked.is_correction:
        locked.draft = make_draft(content)
    locked.save()
    write_to(locked, "received", library_path())
    return True


@transaction.atomic
def withdraw(proposal: Proposal) -> None:
    """Forget *proposal* and its address, at the word of whoever made it; what moderators took up stays theirs."""
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.is_waiting:
        _delete_untouched_draft(locked, None)
    locked.delete()


@transaction.atomic
def adopt(proposal: Proposal, user: User) -> Page:
    """Make *user* go on with it: the draft is theirs, or the sheet has a new version with what was proposed.

    Nothing becomes public. What somebody else changed in the sheet meanwhile stays as they left it.
    """
    locked = _to_decide(proposal, user)
    page = _corrected(locked, user) if locked.is_correction else _taken_up(locked, user)
    locked.draft = page
    _decide(locked, user, Proposal.Outcome.ADOPTED)
    log(instance=page, action="practices.proposal_adopted", user=user)
    return page


@transaction.atomic
def dismiss(proposal: Proposal, user: User, reason: str) -> None:
    """Say no, and why. A draft that nobody has touched goes."""
    locked = _to_decide(proposal, user)
    _delete_untouched_draft(locked, user)
    locked.reason = reason
    _decide(locked, user, Proposal.Outcome.DISMISSED)


def proposed_changes(proposal: Proposal) -> list[Change]:
    """What a correction changes, beside the newest version of its sheet; nothing once the sheet is gone."""
    if proposal.sheet is None:
        return []
    newest = snapshot(proposal.sheet.get_latest_revision_as_object())
    return changes(proposal.base, proposal.content, newest)


def make_draft(content: Content) -> Page:
    """A sheet that says *content*, in the library, public in no way."""
    library = _library()
    sheet_model: Any = apps.get_model("practices", "PracticePage")
    sheet = sheet_model(live=False, has_unpublished_changes=True)
    write(content, sheet, ALL_NAMES)
    library.add_child(instance=sheet)
    sheet.save_revision(log_action="wagtail.create", clean=False)
    return sheet


def library_path() -> str:
    return str(_library().get_url())


def _library() -> Any:
    library: Any = apps.get_model("practices", "PracticeIndexPage")
    return library.objects.get()


def _to_decide(proposal: Proposal, user: User) -> Proposal:
    """The row, held until the decision is written."""
    if not is_editor(user):
        raise PermissionDenied
    locked = Proposal.objects.select_for_update(of=("self",)).filter(pk=proposal.pk).first()
    if locked is None:
        raise TooLateError(gettext("La personne qui l’avait faite vient de retirer cette proposition."))
    if not locked.is_waiting:
        raise TooLateError(gettext("Quelqu’un d’autre vient de décider de cette proposition."))
    return locked


def _decide(proposal: Proposal, user: User, outcome: Proposal.Outcome) -> None:
    proposal.outcome, proposal.decided_at, proposal.decided_by = outcome, timezone.now(), user
    proposal.save()
    write_to(proposal, str(outcome), library_path())


def _taken_up(proposal: Proposal, user: User) -> Page:
    """The draft, now *user*'s; made again when somebody has deleted it."""
    page: Page = proposal.draft.specific if proposal.draft else make_draft(proposal.content)
    page.owner = user
    page.save(update_fields=["owner"])
    draft: Any = page.get_latest_revision_as_object()
    had = {tag.name.casefold() for tag in draft.tags.all()}
    tags = [tag for tag in split_tags(proposal.content.get(TAGS, "")) if tag.casefold() not in had]
    if tags:  # those that nobody used before: a moderator has seen them now
        draft.tags.add(*tags)
        draft.save_revision(user=user, changed=True, clean=False)
    return page


def _corrected(proposal: Proposal, user: User) -> Page:
    if proposal.sheet is None:
        raise TooLateError(gettext("La fiche n’existe plus : il n’y a rien à corriger."))
    Page.objects.select_for_update().get(pk=proposal.sheet_id)  # as every change of a page does
    if not proposal.sheet.permissions_for_user(user).can_edit() or proposal.sheet.locked:
        raise TooLateError(
            gettext("La fiche est verrouillée : déverrouillez-la, puis reprenez la correction.")
        )
    draft = proposal.sheet.get_latest_revision_as_object()
    wanted = [
        one for one in changes(proposal.base, proposal.content, snapshot(draft)) if not one.is_overtaken
    ]
    content, names = merged(snapshot(draft), wanted)
    write(content, draft, names)
    draft.save_revision(user=user, log_action=True, changed=True, clean=False)
    return proposal.sheet


def _delete_untouched_draft(proposal: Proposal, user: User | None) -> None:
    """Delete the draft that a proposal made, unless somebody has worked on it or published it."""
    draft = proposal.draft
    if draft and not draft.live and draft.owner_id is None and draft.revisions.count() == 1:
        proposal.draft = None
        proposal.save(update_fields=["draft"])
        draft.specific.delete(user=user)
