"""A volunteer writes while a mission runs, and reads before and after: asked of the calendar each time.

Pages, images and documents each ask one policy object of Wagtail's for the permissions of a person's groups. Here
those objects leave them out when no mission runs; every view that asks a policy, today's and those of the next
version, refuses then. No job takes rights away, and none is needed to give them back (ADR 0016).
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images import permissions as image_permissions
from wagtail.permissions import collection_permission_policy, page_permission_policy

from home.people.accounts import User
from home.people.missions import Mission, grace


class WithinMission:
    """For a permission policy: the permissions of a volunteer hold while a mission runs."""

    def get_all_permissions_for_user(self, user: Any) -> QuerySet[Any]:
        permissions: QuerySet[Any] = super().get_all_permissions_for_user(user)  # type: ignore[misc]
        if not user.is_authenticated or not user.is_active or user.writes_now():
            return permissions
        return permissions.none()


def install() -> None:
    """Put the rule in front of whatever class each policy object has. Called when the apps are ready.

    The three policies of collections share what they remember of a person, so all of them need it.
    """
    for policy in (
        page_permission_policy,
        collection_permission_policy,
        document_policy,
        image_permissions.permission_policy,
    ):
        kind = type(policy)
        if not issubclass(kind, WithinMission):
            policy.__class__ = type(f"{kind.__name__}WithinMission", (WithinMission, kind), {})


def reason_to_wait(user: User) -> str:
    """Why *user* can't write today, in words for them; empty when they can."""
    if user.writes_now():
        return ""
    missions = Mission.objects.dated().filter(author__user=user)
    if next_one := Mission.objects.upcoming().filter(author__user=user).order_by("begins").first():
        return gettext(
            "Votre mission commence le %(day)s. D’ici là, vous pouvez lire et choisir votre signature."
        ) % {"day": date_format(next_one.first_day())}
    if last := missions.order_by("ends").last():
        return gettext(
            "Votre mission a pris fin le %(end)s, et le temps de finir vos textes est passé depuis le %(day)s. "
            "Vous pouvez toujours lire vos textes et changer de signature ; vos textes publiés restent."
        ) % {"end": date_format(last.last_day()), "day": date_format(last.last_day() + grace())}
    return gettext(
        "Aucune mission ne vous est confiée pour le moment : vous pouvez lire, pas encore écrire. "
        "La personne qui vous accompagne peut vous en confier une."
    )
