"""Leaving: one action, after which a person's name stands nowhere any more."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page

from home.people.accounts import User
from home.people.authors import Author
from home.people.renaming import Replacement, replace_everywhere
from home.people.signatures import signed_pages

DEFAULT_PSEUDONYM = _("Ancien·ne volontaire")


@dataclass(frozen=True)
class Leave:
    """What the person decided."""

    pseudonym: str
    replace_old_pseudonym: bool = False
    close_account: bool = False


def full_names(author: Author) -> set[str]:
    """The names that point to the person: first and last name, in both orders, never one alone."""
    people = [(author.first_name, author.last_name)]
    if author.user:
        people.append((author.user.first_name, author.user.last_name))
    both = [(first.strip(), last.strip()) for first, last in people if first.strip() and last.strip()]
    return {name for first, last in both for name in (f"{first} {last}", f"{last} {first}")}


def names_to_replace(author: Author, leave: Leave) -> set[str]:
    """The full names, and the pseudonym that the person leaves when they want it gone as well."""
    old = {author.pseudonym.strip()} if leave.replace_old_pseudonym and author.pseudonym.strip() else set()
    return (full_names(author) | old) - {leave.pseudonym}


def telling_addresses(author: Author) -> list[Page]:
    """Pages whose address holds the whole name. A link must not break unasked: they are shown, not changed."""
    stems = [slugify(name) for name in full_names(author)]
    return [page for stem in stems for page in Page.objects.filter(slug__contains=stem)]


def signed_texts(author: Author) -> int:
    """How many pages carry the byline."""
    return int(signed_pages(author).count())


@transaction.atomic
def leave(author: Author, decided: Leave, by: User | None) -> None:
    """Replace the name of *author* everywhere, give the byline a new address, close the account if asked."""
    author = Author.objects.select_for_update(of=("self",)).select_related("user").get(pk=author.pk)
    replacement = Replacement(names_to_replace(author, decided), decided.pseudonym)
    _forget(author, decided.pseudonym)
    if author.user:
        _forget_account(author.user, decided)
    replace_everywhere(replacement)
    _rename_in_history(author)
    log(author, "home.leave", user=by)


def _forget(author: Author, pseudonym: str) -> None:
    author.byline_kind = Author.Byline.PSEUDONYM
    author.pseudonym = pseudonym
    author.first_name = author.last_name = author.collective = author.bio = author.slug = ""
    author.save()


def _forget_account(user: User, decided: Leave) -> None:
    """Not an empty name: the history would show the address instead, which often is the name."""
    user.first_name, user.last_name = decided.pseudonym, ""
    user.is_active = user.is_active and not decided.close_account
    user.save(update_fields=["first_name", "last_name", "is_active"])


def _rename_in_history(author: Author) -> None:
    """Entries about the byline, the missions and the account carry the names they had then."""
    named = [author, *author.missions.all(), *([author.user] if author.user else [])]
    for thing in named:
        kind = ContentType.objects.get_for_model(thing)
        entries = ModelLogEntry.objects.filter(content_type=kind, object_id=str(thing.pk))
        entries.update(label=str(thing))
