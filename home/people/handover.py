"""Drafts left behind: once a mission and its grace time are over, the moderators look after them."""

from __future__ import annotations

from collections.abc import Container

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, WorkflowState
from wagtail.query import PageQuerySet

from home.delivery.mails import admin_url, send
from home.moderation.roles import ADMINISTRATORS, MODERATORS, VOLUNTEERS
from home.people.accounts import User
from home.people.missions import Mission

DraftList = list[Page]


def moderators() -> list[User]:
    """Whoever is told: the active moderators; the administrators where there is no moderator."""
    active = User.objects.filter(is_active=True)
    named = active.filter(groups__name=MODERATORS)
    return list((named if named.exists() else active.filter(groups__name=ADMINISTRATORS)).distinct())


def unfinished_by(people: QuerySet[User]) -> PageQuerySet:
    """What *people* began and left: texts never published, changes never submitted; no running review."""
    under_review = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    reviewed = {int(pk) for pk in under_review.values_list("object_id", flat=True) if pk.isdecimal()}
    own = Q(owner__in=people) | Q(latest_revision__user__in=people, live=True)
    unfinished = Q(live=False, first_published_at=None) | Q(live=True, has_unpublished_changes=True)
    return Page.objects.filter(own & unfinished).exclude(pk__in=reviewed).order_by("pk")


def drafts_of(user: User) -> DraftList:
    return list(unfinished_by(User.objects.filter(pk=user.pk)))


def departed() -> QuerySet[User]:
    """Volunteers and nothing else, whose drafts were handed over and who have no running mission."""
    other_roles = Group.objects.exclude(name=VOLUNTEERS)
    running = Mission.objects.running().exclude(author__user=None).values("author__user")
    gone = Mission.objects.exclude(handed_over_at=None).exclude(author__user=None).values("author__user")
    volunteers = User.objects.filter(is_superuser=False, groups__name=VOLUNTEERS, pk__in=gone)
    return volunteers.exclude(groups__in=other_roles).exclude(pk__in=running)


def left_drafts() -> list[tuple[Page, Mission]]:
    """Every draft that waits for a moderator to take it, with the mission after which it was left.

    Asked of the pages as they stand: a text whose review ends with « changes asked » long after the mission is in
    it, one that was published, deleted or taken is not, and neither is anybody's who has a mission again.
    """
    people = departed()
    handed = Mission.objects.exclude(handed_over_at=None).filter(author__user__in=people)
    newest = handed.select_related("author", "session", "territory").order_by("handed_over_at")
    missions = {mission.author.user_id: mission for mission in newest}
    pages = unfinished_by(people).select_related("latest_revision")
    return [(page, missions[_writer(page, missions)]) for page in pages]


def _writer(page: Page, missions: Container[int | None]) -> int | None:
    """Of the page's owner and the last who changed it, the one who has left."""
    owner: int | None = page.owner_id
    return owner if owner in missions else page.latest_revision.user_id


@transaction.atomic
def hand_over_drafts() -> int:
    """Hand over the drafts of every mission that is over; return how many missions were.

    Harmless when run twice, at once or a week late: a mission is marked in the transaction that queues the mails,
    and a second run waits for the rows, then no longer finds them.
    """
    due = Mission.objects.filter(
        pk__in=[mission.pk for mission in Mission.objects.over().filter(handed_over_at=None)]
    )
    handed: list[tuple[Mission, User, DraftList]] = []
    for mission in (
        due.filter(handed_over_at=None).select_for_update(of=("self",)).select_related("author__user")
    ):
        user: User | None = mission.author.user
        if user is not None and user.writes_now():
            continue  # on another mission, or in a role that has no end: the drafts stay in these hands
        Mission.objects.filter(pk=mission.pk).update(handed_over_at=timezone.now())
        if user is not None:
            handed.append((mission, user, drafts_of(user)))
    _tell_moderators([(mission, drafts) for mission, _user, drafts in handed if drafts])
    for person, drafts in {user: drafts for _mission, user, drafts in handed}.items():
        _tell_volunteer(person, drafts)
    return len(handed)


@transaction.atomic
def take_over(page: Page, person: User) -> bool:
    """Make *person* look after *page* from now on; ``False`` when somebody was faster. Bylines stay as they are."""
    locked = Page.objects.select_for_update().get(pk=page.pk)
    if locked.pk not in {left.pk for left, _mission in left_drafts()}:
        return False
    locked.owner = person
    locked.save(update_fields=["owner"])
    locked.get_latest_revision_as_object().save_revision(user=person, log_action=True, clean=False)
    return True


def _tell_moderators(left: list[tuple[Mission, DraftList]]) -> None:
    if not left:
        return
    listed = {page.pk: (mission, page) for mission, drafts in left for page in drafts}
    rows = [
        {"author": mission.author, "page": page, "url": admin_url("left_draft", page.pk)}
        for mission, page in listed.values()
    ]
    send("people/mails/drafts_left", moderators(), {"rows": rows})


def _tell_volunteer(user: User, drafts: DraftList) -> None:
    """A word of thanks. Not to an account that nobody has ever used: it was made to keep an old mission."""
    if user.is_active and user.last_login:
        send(
            "people/mails/mission_over",
            [user],
            {"drafts": drafts, "profile_url": admin_url("author_profile")},
        )
