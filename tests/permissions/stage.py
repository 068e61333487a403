"""The people and the texts that the cells of the table are about.

Built once a role and shared: every attempt is undone afterwards, so that a table of hundreds of cells is walked
in a minute.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.test import Client
from wagtail.models import TaskState

from home.models import User
from practices.models import PracticePage, TerritoryPage
from tests import factories
from tests.permissions.table import COLUMNS, Cell
from tests.reviewing import decided

DECIDER = "decide@exemple.invalid"  # takes no part in the table


@dataclass
class Stage:
    """``text`` belongs to ``person`` when it is « own », else to a volunteer of the same territory."""

    person: User
    client: Client
    territory: TerritoryPage
    elsewhere: TerritoryPage
    text: PracticePage

    def reloaded(self) -> PracticePage:
        """The text as the database has it now."""
        return PracticePage.objects.get(pk=self.text.pk)

    def task_state(self) -> TaskState | None:
        """The step the text is at; the last one it was at when its review is over."""
        found: TaskState | None = (
            self.reloaded().current_workflow_task_state
            or TaskState.objects.filter(workflow_state__object_id=str(self.text.pk)).last()
        )
        return found


@dataclass
class World:
    """One person a role, all of the same territory where they have one."""

    territory: TerritoryPage
    elsewhere: TerritoryPage
    people: dict[str, User]
    texts: dict[tuple[str, str], PracticePage] = field(default_factory=dict)

    def stage(self, cell: Cell) -> Stage:
        person, owner_role = self.people[cell.role], cell.role if " own" in cell.action else "another"
        key = (cell.state, owner_role)
        if key not in self.texts:
            self.texts[key] = self._text(cell.state, self.people[owner_role], number=len(self.texts))
        client = Client()
        client.force_login(person)
        return Stage(person, client, self.territory, self.elsewhere, self.texts[key])

    def _text(self, state: str, owner: User, number: int) -> PracticePage:
        text = factories.PracticePageFactory(
            title=f"Permanence du mardi{number}",
            territory=self.territory,
            owner=owner,
            live=state in ("published", "pending"),
        )
        STATES.get(state, lambda text, owner: None)(text, owner)
        return PracticePage.objects.get(pk=text.pk)


def build_world() -> World:
    """People and territories; texts are added when a cell asks for one."""
    territory, elsewhere = factories.TerritoryPageFactory(), factories.TerritoryPageFactory()
    people = {role: person_of(role, territory) for role in COLUMNS}
    # A second one, so that a référent·e's own text is not passed over at « regard du territoire ».
    factories.referent(territory)
    factories.administrator(email=DECIDER)
    return World(territory, elsewhere, people | {"another": factories.volunteer(territory)})


def person_of(role: str, territory: TerritoryPage) -> User:
    """Somebody with *role*, on *territory* where the role has one."""
    makers: dict[str, Callable[[], User]] = {
        "volontaire": lambda: factories.volunteer(territory),
        "référent·e": lambda: factories.referent(territory),
        "modérateur·rice": factories.moderator,
        "administrateur·rice": factories.administrator,
        "compte total": lambda: User.objects.create_superuser("total@exemple.invalid", factories.PASSWORD),
    }
    return makers[role]()


def _regard(text: PracticePage, owner: User) -> None:
    text.get_workflow().start(text, owner)


def _relecture(text: PracticePage, owner: User) -> None:
    _regard(text, owner)
    _decide(text, "approve")


def _rejected(text: PracticePage, owner: User) -> None:
    _relecture(text, owner)
    _decide(text, "reject")


def _pending(text: PracticePage, owner: User) -> None:
    text.title = f"Encore secret{text.pk}"
    text.save_revision(user=owner)


def _decide(text: PracticePage, decision: str) -> None:
    """Somebody else, who may, decides on the current step."""
    decided(text, User.objects.get(email=DECIDER), decision)


STATES = {"regard": _regard, "relecture": _relecture, "rejected": _rejected, "pending": _pending}
