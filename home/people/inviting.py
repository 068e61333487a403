"""Inviting a cohort: what each line means, then accounts, missions and mails for all of them at once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.text import slugify
from django.utils.translation import gettext
from wagtail.models import Page

from home.delivery.mails import admin_url, send
from home.moderation.roles import TERRITORY, VOLUNTEERS
from home.people.accounts import User
from home.people.authors import Author
from home.people.cohort import MAX_LINES, Row, plain, rows_of
from home.people.invitations import Invitation
from home.people.missions import Mission, Organisation, Session, grace

VALID = datetime.timedelta(days=7)
SALT = "home.people.invitations"
YES = {"oui", "o", "x", "vrai", "1", "mineur", "mineure"}
NO = {"", "non", "n", "faux", "0", "majeur", "majeure"}
FORMULA = ("=", "+", "-", "@")


@dataclass
class Line:
    """One person of the cohort: what was understood, what is wrong, and what is good to know."""

    row: Row
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    minor: bool = False
    session: Session | None = None
    territory: Page | None = None
    host: str = ""
    organisation: Organisation | None = None
    errors: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    skipped: bool = False

    @property
    def number(self) -> int:
        """Where the line stands in the text."""
        return self.row.number

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def place(self) -> str:
        """The territory, else what was typed in its place."""
        return str(self.territory.title) if self.territory else self.row["territory"]

    @property
    def session_words(self) -> str:
        return str(self.session) if self.session else self.row["session"]

    @property
    def is_sent(self) -> bool:
        return not self.errors and not self.skipped


class Reader:
    """Knows the sessions, territories and hosts once, for all the lines."""

    def __init__(self) -> None:
        app_label, model = TERRITORY.lower().split(".")
        territories = Page.objects.filter(content_type__app_label=app_label, content_type__model=model)
        self.sessions = {session.number: session for session in Session.objects.all()}
        self.territories = {key: page for page in territories for key in (page.slug, plain(page.title))}
        hosts = Organisation.objects.all()
        self.hosts = {key: host for host in hosts for key in (host.slug, plain(host.name))}
        self.seen: set[tuple[str, int, int]] = set()

    def line(self, row: Row) -> Line:
        line = Line(row)
        self._read_person(line)
        self._read_place(line)
        self._read_host(line)
        if not line.errors:
            self._compare_with_what_exists(line)
        return line

    def _read_person(self, line: Line) -> None:
        line.email = line.row["email"].lower()
        try:
            validate_email(line.email)
        except ValidationError:
            line.errors.append(gettext("L’adresse électronique manque ou n’est pas juste."))
        first, _space, last = line.row["name"].partition(" ")
        if given := line.row["first_name"]:
            first, last = given, line.row["name"].removeprefix(given).strip()
        line.first_name, line.last_name = first, last.strip()
        if max(len(line.first_name), len(line.last_name)) > 80 or len(line.email) > 254:
            line.errors.append(gettext("Le nom ou l’adresse est trop long."))
        if line.row["name"].startswith(FORMULA):
            line.errors.append(gettext("Le nom commence par un signe de calcul."))
        answer = plain(line.row["minor"])
        line.minor = answer in YES
        if answer not in YES | NO:
            line.errors.append(gettext("Mineure ou non ? Écrivez « oui » ou « non »."))

    def _read_place(self, line: Line) -> None:
        number = re.search(r"\d{1,4}", line.row["session"])
        line.session = self.sessions.get(int(number[0])) if number else None
        if line.session is None:
            line.errors.append(gettext("Cette session n’existe pas. Écrivez son numéro."))
        place = line.row["territory"]
        line.territory = self.territories.get(slugify(place)) or self.territories.get(plain(place))
        if line.territory is None:
            line.errors.append(gettext("Ce territoire n’existe pas sur le site."))

    def _read_host(self, line: Line) -> None:
        line.host = line.row["host"]
        line.organisation = self.hosts.get(slugify(line.host)) or self.hosts.get(plain(line.host))
        if not line.host or line.organisation:
            return
        if line.host.startswith(FORMULA) or len(line.host) > 150 or not slugify(line.host):
            line.errors.append(gettext("Le nom de l’organisation d’accueil n’est pas juste."))
        else:
            line.notices.append(
                gettext("Cette organisation d’accueil n’existe pas encore : elle sera créée.")
            )

    def _compare_with_what_exists(self, line: Line) -> None:
        if line.session is None or line.territory is None:
            return
        key = (line.email, line.session.pk, line.territory.pk)
        if key in self.seen:
            line.skipped = True
            line.notices.append(gettext("Deux fois la même ligne : la personne n’est invitée qu’une fois."))
        self.seen.add(key)
        if line.session.end + grace() < timezone.localdate():
            line.notices.append(gettext("Cette session est finie : la personne ne pourra pas écrire."))
        if account := User.objects.filter(email=line.email).first():
            self._compare_with_account(line, account)

    def _compare_with_account(self, line: Line, account: User) -> None:
        if not account.is_active and not can_be_opened(account):
            line.errors.append(gettext("Ce compte est fermé. Demandez à l’administration de l’ouvrir."))
            return
        known = Mission.objects.filter(
            author__user=account, session=line.session, territory=line.territory
        ).exists()
        if known:
            line.skipped = True
            line.notices.append(gettext("Déjà invité·e : cette personne a déjà cette mission."))
        elif not line.skipped:
            line.notices.append(gettext("Ce compte existe : la personne reçoit une nouvelle mission."))


def understood(text: str) -> list[Line]:
    """Every line of *text* with what was understood. Nothing is changed."""
    reader = Reader()
    return [reader.line(row) for row in rows_of(text)[:MAX_LINES]]


def can_be_opened(account: User) -> bool:
    """Whether a moderator's invitation may open a closed account: a volunteer's, never one with more rights."""
    names = {group.name for group in account.groups.all()}
    return names <= {VOLUNTEERS} and not account.is_superuser


@transaction.atomic
def invite(lines: Iterable[Line], by: User) -> list[User]:
    """Make what *lines* say, all or nothing, and write to each person once; return whom."""
    invited = {}
    for line in lines:
        if line.is_sent and (mission := _mission(line)):
            account: User = mission.author.user  # type: ignore[assignment]  # just made, or found by it
            invited[account] = mission
    for account, mission in invited.items():
        _write_to(account, mission, by)
    return list(invited)


def _mission(line: Line) -> Mission | None:
    """The new mission; ``None`` when somebody made it a moment ago."""
    account, _new = User.objects.get_or_create(
        email=line.email, defaults={"first_name": line.first_name, "last_name": line.last_name}
    )
    _open(account)
    mission, new = Mission.objects.get_or_create(
        author=_author(account, line),
        session=line.session,
        territory=line.territory,
        defaults={"organisation": _organisation(line)},
    )
    return mission if new else None


def _open(account: User) -> None:
    """Give an account without a role the only role that an invitation can give."""
    if not account.password:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    if not can_be_opened(account):
        return
    account.groups.add(Group.objects.get(name=VOLUNTEERS))
    if not account.is_active:
        # A closed account comes back with a password of its own choice.
        account.is_active = True
        account.set_unusable_password()
        account.save(update_fields=["is_active", "password"])


def _author(account: User, line: Line) -> Author:
    """The byline. Until the person chooses one it says nothing of them."""
    author = account.author() or Author(
        user=account,
        byline_kind=Author.Byline.PSEUDONYM,
        pseudonym=gettext("Volontaire"),
        first_name=line.first_name,
        last_name=line.last_name,
    )
    civil = author.byline_kind in (Author.Byline.FULL_NAME, Author.Byline.FIRST_NAME)
    if line.minor and civil:
        author.byline_kind = Author.Byline.PSEUDONYM
        author.pseudonym = author.pseudonym or gettext("Volontaire")
    author.minor = author.minor or line.minor
    author.save()
    return author


def _organisation(line: Line) -> Organisation | None:
    if line.organisation or not line.host:
        return line.organisation
    slug = slugify(line.host)[:160]
    return Organisation.objects.get_or_create(slug=slug, defaults={"name": line.host})[0]


def _write_to(account: User, mission: Mission, by: User) -> None:
    if account.has_usable_password() or not can_be_opened(account):
        context = {"mission": mission, "url": admin_url("wagtailadmin_home")}
        send("people/mails/new_mission", [account], context)
        return
    now = timezone.now()
    chosen = {"mission": mission, "invited_by": by, "sent_at": now, "accepted_at": None}
    invitation, _new = Invitation.objects.update_or_create(user=account, defaults=chosen)
    _send_link(invitation)


@transaction.atomic
def invite_again(invitation: Invitation) -> bool:
    """Send a new link, which ends the one before; ``False`` when the person has accepted meanwhile."""
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("user").get(pk=invitation.pk)
    if locked.accepted_at or not locked.user.is_active:
        return False
    locked.sent_at = timezone.now()
    locked.save(update_fields=["sent_at"])
    _send_link(locked)
    return True


def token_of(invitation: Invitation) -> str:
    """What stands in the link. Another one as soon as a link is sent again, a password chosen, the address changed."""
    user = invitation.user
    parts = [
        invitation.pk,
        user.pk,
        user.email,
        user.password,
        invitation.sent_at.isoformat(),
        invitation.accepted_at,
    ]
    return salted_hmac(SALT, "|".join(map(str, parts)), algorithm="sha256").hexdigest()[:48]


def opens(invitation: Invitation, token: str) -> bool:
    """Whether *token* lets the person in: theirs, not used, not too old, the account open."""
    fresh = not invitation.accepted_at and not has_expired(invitation) and invitation.user.is_active
    return constant_time_compare(token_of(invitation), token) and fresh


def has_expired(invitation: Invitation) -> bool:
    return invitation.sent_at + VALID < timezone.now()


def _send_link(invitation: Invitation) -> None:
    path = reverse("welcome", args=[invitation.pk, token_of(invitation)])
    context = {
        "url": f"{settings.WAGTAILADMIN_BASE_URL}{path}",
        "days": VALID.days,
        "mission": invitation.mission,
    }
    send("people/mails/invitation", [invitation.user], context)
