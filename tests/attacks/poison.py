"""Every word that is stored, made an attack: found by walking the models, so that a new field is attacked as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from bs4 import BeautifulSoup
from django.apps import apps
from django.db import models
from django.utils import timezone
from taggit.models import Tag
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Collection, Comment, Page, Site, Task, Workflow

SHORT = "x\"'><xss onxss=1>"
LONG = f"</script></textarea></title></style>--> {SHORT} {{{{ 7|add:7 }}}}"
RICH = (
    f'<p>Texte {SHORT}<img src=x onxss=1><a href="javascript:xss" onxss=1>x</a>'
    '<svg><xss></svg><iframe src="https://xss.invalid/"></iframe><script>xss()</script></p>'
)
OURS = ("home", "practices", "blog")
WAGTAIL_S = (Collection, Comment, Site, Tag, Task, Workflow)
# What is no word: addresses, keys, fingerprints, dates as text, codes. (Choices and files are left out by their kind.)
NO_WORDS = {
    *(
        "slug",
        "path",
        "url_path",
        "language",
        "password",
        "content_json",
        "file_hash",
        "token",
        "key",
        "hash",
    ),
    *(
        "contentpath",
        "position",
        "hostname",
        "postings",
        "old_path",
        "stem",
        "folded",
        "query",
        "version",
        "name_key",
    ),
}
# Kept out of the walk: what the site computes from the words by itself.
COMPUTED = "home.search"
COMPUTED_MODELS = {"LinkCheck", "Rendition", "UserRendition"}


def stored_fields() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Each field that holds words, with its model."""
    ours = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    for model in [*ours, *WAGTAIL_S]:
        if model.__name__ in COMPUTED_MODELS or model.__module__.startswith(COMPUTED):
            continue
        for field in model._meta.get_fields():
            if isinstance(field, models.Field) and field.concrete and _holds_words(field):
                yield model, field


def _holds_words(field: models.Field[Any, Any]) -> bool:
    if isinstance(field, StreamField | models.JSONField):
        return True
    if isinstance(field, models.FileField | models.SlugField) or field.choices or field.name in NO_WORDS:
        return False
    return isinstance(field, models.CharField | models.TextField)


def room_for(field: models.Field[Any, Any]) -> str:
    """The attack that fits into *field*; empty where none does."""
    room = field.max_length or 10_000
    if isinstance(field, RichTextField):
        return RICH
    if isinstance(field, models.URLField):
        return f"https://xss.invalid/?{SHORT}"
    return LONG if len(LONG) + 12 <= room else SHORT if len(SHORT) + 12 <= room else ""


def a_row_of_everything(preferred: list[models.Model]) -> None:
    """A row of each model that has none yet, tied to the *preferred* objects where it can be."""
    for model in {model: None for model, _field in stored_fields()}:
        if not model._base_manager.exists():
            model._base_manager.bulk_create([model(**_needed(model, preferred))])


def _needed(model: type[models.Model], preferred: list[models.Model]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model and not field.primary_key:
            kind: Any = field.related_model
            known = [one for one in preferred if isinstance(one, kind)]
            values[field.name] = known[0] if known else None if field.null else kind._base_manager.first()
        elif not field.null and not field.has_default():
            if isinstance(field, models.DateTimeField):
                values[field.name] = timezone.now()
            elif isinstance(field, models.DateField):
                values[field.name] = timezone.localdate()
            elif isinstance(field, models.IntegerField | models.FloatField) and not field.primary_key:
                values[field.name] = 0
    return values


def poison_everything() -> set[str]:
    """Write an attack into every row; the names of the fields that were reached."""
    reached = set()
    for model, field in stored_fields():
        rows = model._base_manager.all()
        if not rows.exists():
            continue
        if isinstance(field, StreamField | models.JSONField):
            _poison_each(model, field)
        elif attack := room_for(field):
            if field.unique or model is Tag:
                for row in rows:
                    model._base_manager.filter(pk=row.pk).update(**{field.name: f"{attack}{row.pk}"})
            else:
                rows.update(**{field.name: attack})
        else:
            continue
        reached.add(f"{model.__name__}.{field.name}")
    for page in Page.objects.filter(depth__gt=1).specific():
        page.save_revision()
    return reached


def _poison_each(model: type[models.Model], field: models.Field[Any, Any]) -> None:
    for row in model._base_manager.all():
        value = getattr(row, field.attname)
        raw = list(value.raw_data) if isinstance(field, StreamField) else value
        setattr(
            row,
            field.name,
            field.to_python(_poisoned(raw)) if isinstance(field, StreamField) else _poisoned(raw),
        )
        model._base_manager.filter(pk=row.pk).update(**{field.name: getattr(row, field.name)})


def _poisoned(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _poisoned(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_poisoned(one, name) for one in value]
    if not isinstance(value, str) or name in ("type", "id", "kind", "level", "date", "slug"):
        return value
    if value.startswith("<"):
        return RICH
    return f"https://xss.invalid/?{SHORT}" if value.startswith("http") else LONG


def breaks_out(html: str) -> str:
    """What of *html* a browser takes for markup that somebody stored; empty when all of it stayed text."""
    if "xss" not in html:
        return ""
    if html.startswith("<?xml"):
        return "xss" if any("xss" in one.tag for one in ElementTree.fromstring(html).iter()) else ""
    soup = BeautifulSoup(html, "html.parser")
    found = soup.find("xss") or soup.find(attrs={"onxss": True})
    found = found or soup.find(
        href=lambda address: bool(address) and address.strip().lower().startswith("javascript:xss")
    )
    found = found or soup.find("iframe", src=lambda address: bool(address) and "xss.invalid" in address)
    return (
        str(found.parent or found)[:400] if found else "14" if " 14 " in html and "7|add" not in html else ""
    )
