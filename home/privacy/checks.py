"""No model without a declaration, no declaration that has aged: ``manage.py check`` (ADR 0030)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from home.people.accounts import User
from home.people.authors import Author
from home.privacy.register import Declared, Kept
from home.privacy.registry import declaration, installed_models

HOW = (
    "A model of ours: « privacy: ClassVar = Kept(ACTIVITY, about={…}, personal=(…), limits=(…)) » in its class, or "
    "« NothingPersonal(reason) ». One of a package: the same in home/privacy/third_parties.py. See ADR 0030."
)

OURS = ("home", "practices", "blog")
NEVER_ASKED = {
    "asylum",
    "birth",
    "birthdate",
    "birthday",
    "citizenship",
    "ethnicity",
    "health",
    "itinerary",
    "journey",
    "nationality",
    "orientation",
    "origin",
    "permit",
    "religion",
    "route",
}


@register()
def every_model_says_what_it_keeps(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """What is stored of people is written down where it is stored, or the site does not start."""
    return [message for model in installed_models() for message in errors_of(model, declaration(model))]


def errors_of(model: type[models.Model], declared: Declared | None) -> list[CheckMessage]:
    """What is missing or wrong in the declaration of *model*."""
    if declared is None:
        text = f"{model._meta.label} does not say what it keeps of people, why and how long."
        return [Error(text, hint=HOW, obj=model, id="privacy.E001")]
    said = declared.fields if isinstance(declared, Kept) else ()
    leads = set(fields_that_lead_to_people(model))
    named = set(declared.about) if isinstance(declared, Kept) else set()
    leads |= networks_of(model) - set(said)
    return [
        *_errors(model, "E002", "names a field that does not exist: {}", unknown_fields(model, said)),
        *_errors(model, "E003", "does not say in « about » what happens to {}", sorted(leads - named)),
        *_errors(model, "E004", "names in « about » what leads to nobody: {}", sorted(named - leads)),
        *_errors(
            model, "E006", "has a field for what must never be asked of a person: {}", forbidden_fields(model)
        ),
        *_errors(model, "E005", "keeps something of people without an end", _endless(declared)),
    ]


def fields_that_lead_to_people(model: type[models.Model]) -> Iterator[str]:
    """Links to an account or a byline, and addresses of mailboxes, of networks excepted."""
    for field in model._meta.local_fields:
        if (
            (field.is_relation and field.related_model in (User, Author))
            or isinstance(field, models.EmailField)
            or field.name == "username"
        ):
            yield field.name


def networks_of(model: type[models.Model]) -> set[str]:
    """Where the address of a visitor's network is kept: personal as well, if nobody is found by it."""
    return {f.name for f in model._meta.local_fields if isinstance(f, models.GenericIPAddressField)}


def forbidden_fields(model: type[models.Model]) -> list[str]:
    """What a leak could be used for against somebody (asylum, art. 9): no model has a field for it."""
    ours = model.__module__.partition(".")[0] in OURS
    names = [field.name for field in model._meta.local_fields] if ours else []
    return [name for name in names if any(word in name.split("_") for word in NEVER_ASKED)]


def unknown_fields(model: type[models.Model], names: tuple[str, ...]) -> list[str]:
    """Those of *names* that *model* has not."""
    unknown = []
    for name in names:
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            unknown.append(name)
    return unknown


def _endless(declared: Declared) -> list[str]:
    """Neither a time limit nor a word on how long: the reader would not know."""
    return [""] if isinstance(declared, Kept) and not declared.limits and not declared.activity.kept else []


def _errors(model: type[models.Model], number: str, text: str, names: list[str]) -> list[CheckMessage]:
    return [
        Error(f"{model._meta.label} {text.format(name)}.", hint=HOW, obj=model, id=f"privacy.{number}")
        for name in names
    ]
