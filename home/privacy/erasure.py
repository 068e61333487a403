"""Erasing a person: their rows go, their name and address stand nowhere, what they published stays under no name.

All of it happens in one transaction. What has to stay says why (``Report.kept``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page

from home.audit.entries import Action
from home.audit.trail import note
from home.media.consent import People
from home.media.models import Image
from home.pages.legal import LegalSettings
from home.people.accounts import User
from home.people.leaving import DEFAULT_PSEUDONYM, Leave, leave
from home.privacy import leftovers
from home.privacy.people import Person, rows_of
from home.privacy.register import DELETED, EMPTIED

SOMEBODY = _("Personne effacée")


class LastAdministratorError(Exception):
    """Nobody could look after the site any more."""


@dataclass
class Report:
    """What was done, for whoever asked for it. Counts by model; never a name or an address."""

    deleted: Counter[str] = field(default_factory=Counter)
    emptied: Counter[str] = field(default_factory=Counter)
    anonymous: Counter[str] = field(default_factory=Counter)
    replaced: int = 0
    addresses: int = 0
    images: int = 0
    drafts: int = 0
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def erase(person: Person, *, pseudonym: bool = False, drafts: bool = False) -> Report:
    """Erase *person*. With *pseudonym* the old one is replaced in the texts too; with *drafts* what they began and
    never published is deleted. Raise ``LastAdministratorError``.
    """
    account, report = person.account, Report()
    if account and account.is_superuser and not _another_administrator(account):
        raise LastAdministratorError
    if drafts and account:
        report.drafts = _delete_drafts(account)
    _rows(person, report)
    report.images = _withdraw_agreements(person)
    for author in person.authors:
        author.minor = False
        author.save(update_fields=["minor"])
        leave(author, Leave(str(DEFAULT_PSEUDONYM), pseudonym, close_account=True), None)
    if account:
        _empty_account(account)
    leftovers.delete_tags(person.names | person.emails)
    new = str(DEFAULT_PSEUDONYM if person.account or person.authors else SOMEBODY)
    report.replaced = leftovers.replace_names(person.names | person.emails, new)
    report.addresses = leftovers.replace_addresses(person.names)
    leftovers.forget_in_search(person.names)
    report.kept = _what_has_to_stay(person)
    note(Action.ERASED, account or "")
    return report


def _rows(person: Person, report: Report) -> None:
    for model, _entry, name, fate, rows in rows_of(person):
        label = str(model._meta.verbose_name_plural)
        if fate is DELETED:
            _delete_files(rows)
            report.deleted[label] += rows.count()
            rows.delete()
        elif fate is EMPTIED:
            empty = None if model._meta.get_field(name).is_relation else ""
            report.emptied[label] += rows.update(**{name: empty})
        else:
            report.anonymous[label] += rows.count()


def _delete_files(rows: models.QuerySet[Any]) -> None:
    """The files of rows that go, once it is certain that they do."""
    fields = [field for field in rows.model._meta.concrete_fields if isinstance(field, models.FileField)]
    for row in rows if fields else ():
        for one in fields:
            if stored := one.value_from_object(row):
                transaction.on_commit(partial(stored.storage.delete, stored.name))


def _empty_account(account: User) -> None:
    """What stays is a number to which the history leads, and with which nobody signs in."""
    account.refresh_from_db()
    account.first_name, account.last_name = str(DEFAULT_PSEUDONYM), ""
    account.email = f"efface-{account.pk}@compte.invalid"
    account.is_active = account.is_staff = account.is_superuser = False
    account.last_login, account.date_joined = None, timezone.now()
    account.set_unusable_password()
    account.save()
    for links in (account.groups, account.user_permissions, account.referent_territories):
        links.clear()


def _withdraw_agreements(person: Person) -> int:
    """An image on which the person agreed to be seen leaves the site; who it was is no longer said."""
    named = models.Q()
    for name in person.names | person.emails:
        named |= models.Q(consent_people__icontains=name)
    images = list(Image.objects.filter(named)) if named else []
    for image in images:
        image.people, image.consent_withdrawn_on = People.RECOGNISABLE, timezone.localdate()
        image.consent_people, image.consent_paper = str(SOMEBODY), ""
        image.save()
        log(image, "home.consent_withdrawn", data={"on": image.consent_withdrawn_on.isoformat()})
    return len(images)


def _delete_drafts(account: User) -> int:
    drafts = Page.objects.filter(owner=account, first_published_at=None, live=False)
    for page in drafts.order_by("-depth"):
        page.specific.delete()
    return len(drafts)


def _another_administrator(account: User) -> bool:
    return User.objects.filter(is_superuser=True, is_active=True).exclude(pk=account.pk).exists()


def _what_has_to_stay(person: Person) -> list[str]:
    reasons = []
    if person.authors:
        reasons.append(
            gettext(
                "Les textes publiés restent, sous une signature anonyme : liberté d’information, licence du texte."
            )
        )
    if person.account:
        reasons.append(
            gettext("Le compte reste sans nom ni adresse, fermé : l’historique des textes y renvoie.")
        )
    for legal in LegalSettings.objects.all():
        said = " ".join(str(getattr(legal, name)) for name in ("publisher_name", "director", "contact_email"))
        if any(word.casefold() in said.casefold() for word in person.names | person.emails):
            reasons.append(
                gettext("Les mentions légales nomment cette personne : la loi l’exige. À changer à la main.")
            )
    reasons.append(gettext("Les sauvegardes déjà faites gardent ces données jusqu’à leur propre fin."))
    return reasons
