"""Finding all that the site keeps of one person: by their account, their bylines, their addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import models
from django.utils.module_loading import import_string

from home.people.accounts import User
from home.people.authors import Author
from home.people.leaving import full_names
from home.privacy.register import Kept, OnErasure
from home.privacy.registry import kept


class NobodyFoundError(Exception):
    """No account, no byline, and no address looks like what was asked for."""


@dataclass(frozen=True)
class Person:
    """``emails`` in lower case; ``names`` are whole names, in both orders."""

    emails: frozenset[str] = frozenset()
    account: User | None = None
    authors: tuple[Author, ...] = ()
    names: frozenset[str] = field(default_factory=frozenset)


def find(who: str, names: Iterable[str] = ()) -> Person:
    """The person with the address or the byline (its slug) *who*; *names* are others that they are known by.

    Somebody without an account is an address alone. Raise ``NobodyFoundError`` for a slug that is no byline's.
    """
    who = who.strip()
    if "@" in who:
        account = User.objects.filter(email__iexact=who).first()
        authors = list(account.authors.all()) if account else []
    else:
        authors = list(Author.objects.filter(slug=who).select_related("user"))
        account = next((author.user for author in authors if author.user), None)
        if not authors:
            raise NobodyFoundError(who)
    emails = {who.lower()} if "@" in who else set()
    if account:
        emails |= {account.email.lower(), *_other_addresses(account)}
        names = [*names, *_both_orders(account.first_name, account.last_name)]
    known = {name for author in authors for name in full_names(author)}
    return Person(
        frozenset(emails), account, tuple(authors), frozenset({*known, *(n.strip() for n in names)} - {""})
    )


def rows_of(
    person: Person,
) -> Iterator[tuple[type[models.Model], Kept, str, OnErasure, models.QuerySet[Any]]]:
    """For each way that leads from a model to *person*: the model, its declaration, the field, what erasing does, the
    rows.
    """
    for model, entry in kept().items():
        for name, fate in entry.about.items():
            if (condition := _condition(model, name, person)) is not None:
                yield model, entry, name, fate, model._base_manager.filter(condition)
        if entry.found_by:
            yield model, entry, "", OnErasure.DELETED, import_string(entry.found_by)(person)


def sessions_of(person: Person) -> models.QuerySet[Session]:
    """The sessions in which the account is signed in. Only their content says whose they are."""
    if person.account is None:
        return Session.objects.none()
    key = str(person.account.pk)
    theirs = [one.pk for one in Session.objects.iterator() if one.get_decoded().get(SESSION_KEY) == key]
    return Session.objects.filter(pk__in=theirs)


def _condition(model: type[models.Model], name: str, person: Person) -> models.Q | None:
    """Which rows of *model* lead to *person* by the field *name*; ``None`` when none can."""
    if model is User:
        return models.Q(pk=person.account.pk) if person.account else None
    if model is Author:
        return models.Q(pk__in=[author.pk for author in person.authors])
    target = model._meta.get_field(name).related_model
    if target is User:
        return models.Q(**{name: person.account}) if person.account else None
    if target is Author:
        return models.Q(**{f"{name}__in": person.authors}) if person.authors else None
    matches = [models.Q(**{f"{name}__iexact": email}) for email in sorted(person.emails)]
    return models.Q(*matches, _connector=models.Q.OR) if matches else None


def _other_addresses(account: User) -> set[str]:
    """What allauth knows beside the address of the account, where it is installed."""
    if not apps.is_installed("allauth.account"):
        return set()
    addresses = apps.get_model("account", "EmailAddress")._default_manager.filter(user=account)
    return {email.lower() for email in addresses.values_list("email", flat=True)}


def _both_orders(first: str, last: str) -> list[str]:
    return [f"{first} {last}", f"{last} {first}"] if first.strip() and last.strip() else []
