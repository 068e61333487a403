"""A sheet as the form of a proposal holds it: plain text, slugs, and lists of rows. It is kept as JSON.

Rows have a « key »: their number in the snapshot they come from, empty for a new one. (Not their primary key: a version
that was saved before its rows were public has none.)
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q
from taggit.models import Tag

from home.dates import PartialDate
from practices.proposals.prose import to_html, to_text
from practices.proposals.questions import DATES, LISTS, PASSAGES, PLAIN, PUBLICS, RICH, ROWS, TAGS, THEMES
from practices.taxonomy import ActorType, PracticeType, Public, Theme

if TYPE_CHECKING:
    from practices.sheets import PracticePage

Content = dict[str, Any]


def snapshot(sheet: PracticePage) -> Content:
    """What *sheet* says now."""
    content: Content = {name: str(getattr(sheet, name) or "").strip() for name in PLAIN}
    content |= {name: typed_date(getattr(sheet, name)) for name in DATES}
    content |= {name: to_text(getattr(sheet, name)) for name in RICH}
    content |= {name: _slug(getattr(sheet, name)) for name in LISTS}
    slugs = [_slug(link.theme) for link in sheet.theme_links.all()]
    content |= dict(zip(THEMES, [*slugs, "", "", ""], strict=False))
    content[PUBLICS] = sorted(_slug(link.public) for link in sheet.public_links.all())
    content[TAGS] = ", ".join(sorted(tag.name for tag in sheet.tags.all()))
    return content | {name: _rows(sheet, name) for name in ROWS}


def write(content: Content, sheet: PracticePage, names: set[str]) -> None:
    """Give *sheet* what *content* says under *names*. Nothing is saved."""
    for name in names & {*PLAIN, *DATES, *RICH, *LISTS}:
        setattr(sheet, name, _own_value(sheet, name, content[name]))
    if names & {*THEMES}:
        _write_links(sheet, "theme_links", "theme", Theme, [content[name] for name in THEMES])
    if PUBLICS in names:
        _write_links(sheet, "public_links", "public", Public, _in_their_order(sheet, content[PUBLICS]))
    if TAGS in names:
        _write_tags(sheet, split_tags(content.get(TAGS, "")))
    if PASSAGES in names:
        _write_passages(sheet, content[PASSAGES])
    for name in names & (ROWS.keys() - {PASSAGES}):
        _write_rows(sheet, name, content[name])


def _own_value(sheet: PracticePage, name: str, text: str) -> Any:
    """*text* as the sheet's own field *name* holds it."""
    if name in RICH:
        return to_html(text, getattr(sheet, name))
    if name in DATES:
        return PartialDate.parse(text) if text else ""
    if name == "practice_type":
        return PracticeType.objects.filter(slug=text).first()
    if name == "territory":
        places = apps.get_model("practices", "TerritoryPage").objects.live().public()
        return places.filter(slug=text).first()
    return text


def split_tags(text: str) -> list[str]:
    """The tags written in *text*, each once whatever its capitals, in alphabetical order."""
    found = [" ".join(part.split()) for part in re.split(r"[,;\n]", text)]
    return sorted({tag.casefold(): tag for tag in reversed(found) if tag}.values())


def typed_date(date: str | None) -> str:
    """« 27/11/2018 », « 11/2018 » or « 2018 », as the form takes it."""
    return "/".join(reversed(str(date or "").split("-")))


def _slug(term: Any) -> str:
    return str(term.slug) if term else ""


def _rows(sheet: PracticePage, name: str) -> list[dict[str, str]]:
    if name == PASSAGES:
        texts = [to_text(block.value.source) for block in sheet.body if block.block_type == "paragraph"]
        cells = [{"text": text} for text in texts]
    else:
        cells = [
            {field: _cell(row, field) for field in ROWS[name].fields} for row in getattr(sheet, name).all()
        ]
    return [{"key": str(number), **row} for number, row in enumerate(cells)]


def _cell(row: Any, field: str) -> str:
    value = getattr(row, field)
    if field == "actor_type":
        return _slug(value)
    return typed_date(value) if field == "date" else str(value or "").strip()


def _in_their_order(sheet: PracticePage, publics: list[str]) -> list[str]:
    """*publics*, which nobody puts in an order when proposing: as the sheet has them, then the new ones."""
    had = [_slug(link.public) for link in sheet.public_links.all()]
    return [*(slug for slug in had if slug in publics), *(slug for slug in publics if slug not in had)]


def _write_links(sheet: PracticePage, relation: str, field: str, model: Any, slugs: list[str]) -> None:
    """Rows that link to a closed list: those that stay are the same rows, with all they hold besides."""
    own = {_slug(getattr(link, field)): link for link in getattr(sheet, relation).all()}
    terms = {term.slug: term for term in model.objects.filter(slug__in=slugs)}
    row_model = getattr(sheet, relation).model
    wanted = [slug for slug in dict.fromkeys(slugs) if slug in terms]
    links = [own.get(slug) or row_model(**{field: terms[slug]}) for slug in wanted]
    _put(sheet, relation, links)


def _write_tags(sheet: PracticePage, names: list[str]) -> None:
    """The tags under *names*. One that nobody uses yet waits for a moderator: a draft from outside makes none."""
    written = Q(pk=None)
    for name in names:
        written |= Q(name__iexact=name)
    known = {tag.name.casefold(): tag for tag in Tag.objects.filter(written)}
    wanted = [known.get(name.casefold()) or name for name in names]
    sheet.tags.set([tag for tag in wanted if sheet.pk or isinstance(tag, Tag)])


def _write_passages(sheet: PracticePage, passages: list[dict[str, str]]) -> None:
    """Paragraphs stay where they stand among images and headings; new ones come last."""
    texts = {row["key"]: row["text"] for row in passages if row["key"]}
    blocks, number = [], 0
    for block in sheet.body.get_prep_value():
        if block["type"] != "paragraph":
            blocks.append(block)
            continue
        if (key := str(number)) in texts:
            blocks.append({**block, "value": to_html(texts[key], block["value"])})
        number += 1
    new = [row["text"] for row in passages if not row["key"]]
    body: Any = json.dumps([*blocks, *({"type": "paragraph", "value": to_html(text)} for text in new)])
    sheet.body = body


def _write_rows(sheet: PracticePage, name: str, rows: list[dict[str, str]]) -> None:
    own = {str(number): row for number, row in enumerate(getattr(sheet, name).all())}
    model = apps.get_model(ROWS[name].model)
    written = []
    for row in rows:
        kept = own.get(row["key"]) or model()
        for field in ROWS[name].fields:
            setattr(kept, field, _value(field, row[field]))
        written.append(kept)
    _put(sheet, name, written)


def _value(field: str, text: str) -> Any:
    if field == "actor_type":
        return ActorType.objects.filter(slug=text).first()
    if field == "date":
        return PartialDate.parse(text) if text else ""
    return text


def _put(sheet: PracticePage, relation: str, rows: list[Any]) -> None:
    for order, row in enumerate(rows):
        row.sort_order = order
    setattr(sheet, relation, rows)
