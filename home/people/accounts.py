"""The account: the e-mail address is the login."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.moderation.roles import VOLUNTEERS
from home.people.missions import Mission
from home.privacy.activities import ACCOUNTS
from home.privacy.register import STAYS, Kept, Rule

if TYPE_CHECKING:
    from home.people.authors import Author


UNUSED_KEPT = datetime.timedelta(days=3 * 365)


class SignedInRequest(HttpRequest):
    """What an admin view gets: Wagtail lets nobody in who has not signed in."""

    user: User


class UserManager(BaseUserManager["User"]):
    """Creates accounts by e-mail address; addresses are kept in lower case so that one person has one account."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Return a saved account. Raise ``ValueError`` without an address; no password means no sign-in."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Return a saved account that may do everything."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> User:
        """Find the account whatever the case in which the address was typed."""
        return self.get(email__iexact=(username or "").strip())


class User(AbstractUser):
    privacy: ClassVar = Kept(
        ACCOUNTS,
        about={"email": STAYS},
        personal=("first_name", "last_name", "last_login", "date_joined"),
        limits=(
            Rule(
                UNUSED_KEPT,
                run="home.privacy.unused.empty_unused_accounts",
                part=_(
                    "l’adresse et le nom d’un compte qui ne sert plus (un courriel prévient un mois avant)"
                ),
                after=_("la dernière connexion"),
            ),
        ),
        secret=("password",),
    )

    username = None  # type: ignore[assignment]
    email = models.EmailField(
        _("adresse électronique"),
        unique=True,
        error_messages={"unique": _("Un compte existe déjà avec cette adresse.")},
    )
    referent_territories = models.ManyToManyField(
        "wagtailcore.Page",
        verbose_name=_("territoires dont la personne est référente"),
        blank=True,
        related_name="referents",
        help_text=_("Elle donne le « regard du territoire » sur les fiches de ces territoires."),
    )

    session_epoch = models.PositiveIntegerField(_("génération des sessions"), default=0, editable=False)
    second_factor_since = models.DateTimeField(
        _("second facteur demandé depuis"), null=True, blank=True, editable=False
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()  # type: ignore[assignment, misc]

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        ordering = ["email"]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        """In lower case before Django looks for an account with the same address."""
        super().clean()
        self.email = self.email.lower()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        if not self.is_active and User.objects.filter(pk=self.pk, is_active=True).exists():
            self.session_epoch += 1  # opened again, the account must not revive the sessions of before
            if (names := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*names, "session_epoch"}
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's, and the epoch: what ends every session at once is one more."""
        return salted_hmac(
            "home.people.accounts.session",
            f"{self.password}|{self.session_epoch}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def territory_ids(self) -> set[int]:
        """Primary keys of the territory pages this person writes for today: by a running mission, or as référent·e."""
        running = Mission.objects.running().filter(author__user=self)
        referred = Page.objects.filter(referents=self)
        return {*running.values_list("territory_id", flat=True), *referred.values_list("pk", flat=True)}

    def is_bound_by_missions(self) -> bool:
        """Whether the person is a volunteer and nothing else. Every other role writes at any time."""
        if self.is_superuser:
            return False
        return {group.name for group in self.groups.all()} == {VOLUNTEERS}

    def writes_now(self) -> bool:
        """Whether the person may write today: always, but for a volunteer whose mission isn't running."""
        if not self.is_bound_by_missions():
            return True
        return Mission.objects.running().filter(author__user=self).exists()

    def author(self) -> Author | None:
        """The byline this person writes under, if they have one."""
        return self.authors.first()
