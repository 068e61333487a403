"""Birth dates of people; associations, ideas and motions are « nées » too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from home.moderation.scanner.dates import DAY, MONTH, YEAR
from home.moderation.scanner.names import proper_words
from home.moderation.scanner.spans import Kind, Span
from home.moderation.scanner.typography import plain

BORN = (
    r"\bné(?:[·./(-]?e\)?)?(?:[·./-]?s)?(?!\w)|\bnee?s?\sle\b|\bnaqui(?:t|rent)\b|\bd\.?d\.?n\b\.?"
    r"|\b(?:date|lieu|jour|an)s?\b[^.;!?\n]{0,20}\bnaissance\b|\bnaissance\s?(?::|le\b)"
    r"|\bgeboren\b|\bgeb\.|\bnat[oa]\s(?:il|a|nel)\b|\bnacid[oa]\b|\bnascid[oa]\b|\bborn\b|\bdate of birth\b"
)
WITHIN = r"(?=[^;!?\n]{0,90}?\d\d)[^.;!?\n\d]{0,60}?"  # no digits ahead: no date, and nothing to try
COMPLETE = re.compile(rf"(?:{BORN}){WITHIN}{DAY}", re.IGNORECASE)
ONLY_YEAR = re.compile(
    rf"(?:{BORN})(?:\s(?:à|a|au|aux|en|dans)\s[^.;!?,\n\d]{{2,30}}?)?,?\s"
    rf"(?:(?:en|vers|fin|d[ée]but|courant|autour de|au printemps|à l'automne|l'[ée]t[ée]|l'hiver)\s){{1,2}}"
    rf"(?:{MONTH}\s)?{YEAR}(?!\d)",
    re.IGNORECASE,
)
OF_AGE = re.compile(
    rf"\b(?:\d{{1,2}}|dix-huit|vingt(?:\set\sun)?|seize|dix-sept)\sans\s(?:r[ée]volus\s)?le\s{DAY}",
    re.IGNORECASE,
)
THING = re.compile(
    r"\b(?:associations?|asbl|id[ée]es?|projets?|collectifs?|r[ée]seaux?|campagnes?|plateformes?|mouvements?|initiatives?"
    r"|permanences?|conseils?|consulta|motions?|chartes?|carta|alliances?|centres?|maisons?|festivals?|revues?|journal|journaux"
    r"|dispositifs?|services?|lieux?|bureaux?|coop[ée]ratives?|programmes?|ong|f[ée]d[ée]rations?|partenariats?|lois?|villes?"
    r"|communes?|groupes?|[ée]coles?|caf[ée]s?|ateliers?|troupes?|orchestres?|clubs?|[ée]quipes?|coordinations?|convention"
    r"|organisations?|pratiques?|exp[ée]riences?|structures?|comit[ée]s?|unions?|coalitions?|plans?|fiches?|blogs?|sites?"
    r"|biblioth[èe]ques?|jardins?|outils?|tradition|coutume|march[ée]|rencontre|question|besoin|jumelage|accord|pacte)\b",
    re.IGNORECASE,
)
PERSON = re.compile(
    r"\b(?:ils?|elles?|iel|je|jeunes?|hommes?|femmes?|fils|filles?|enfants?|gar[çc]ons?|personnes?|m[èe]re|p[èe]re|fr[èe]re"
    r"|s(?:œ|oe)ur|mineur\w*|r[ée]fugi[ée]\w*|exil[ée]\w*|demandeu\w+|monsieur|madame|mme|m\.|b[ée]b[ée]|adolescente?s?|apprentie?"
    r"|[ée]tudiante?|cousine?|voisine?|mari|[ée]poux|[ée]pouse|jumeaux|jumelles|orpheline?|\d\d\sans)(?!\w)",
    re.IGNORECASE,
)
A_NAME = re.compile(r"(?<![\w'])(?P<word>[^\W\d_a-zà-ÿ][a-zà-ÿ-]{2,}),?[\s(]{1,2}(?:est\s|était\s)?$")
REACH = 90


def births(text: str) -> Iterator[Span]:
    for pattern in (COMPLETE, OF_AGE):
        for match in pattern.finditer(text):
            if not _is_of_a_thing(text, match):
                yield Span(Kind.BIRTH, *match.span())
    for match in ONLY_YEAR.finditer(text):
        if not _is_of_a_thing(text, match) and _is_of_a_person(text, match):
            yield Span(Kind.BIRTH, *match.span())


def _sentence_before(text: str, start: int) -> str:
    return re.split(r"[.;!?\n]\s", text[max(0, start - REACH) : start])[-1]


def _is_of_a_thing(text: str, match: re.Match[str]) -> bool:
    """Whether the nearest noun before, or the words up to the date, name something that people found."""
    before = _sentence_before(text, match.start())
    things = [found.end() for found in THING.finditer(before)]
    people = [found.end() for found in PERSON.finditer(before)]
    if things and max(things) > max(people, default=-1):
        return True
    return not people and bool(THING.search(re.sub(BORN, "", match[0], count=1, flags=re.IGNORECASE)))


def _is_of_a_person(text: str, match: re.Match[str]) -> bool:
    """A year alone is taken for a birth where the sentence speaks of somebody."""
    before = _sentence_before(text, match.start())
    after = re.split(r"[.;!?\n]", text[match.end() : match.end() + REACH])[0]
    name = A_NAME.search(before)
    is_named = name is not None and plain(name["word"]) not in proper_words()
    return is_named or bool(PERSON.search(before) or PERSON.search(after))
