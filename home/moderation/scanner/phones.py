"""Telephone numbers. Which digits can be one is Google's libphonenumber's knowledge; where they stand is ours.

Its own matcher of texts takes dates and budgets for numbers as soon as it is asked about seven countries at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from phonenumbers import NumberParseException, is_possible_number, is_valid_number, parse

from home.moderation.scanner.dates import A_DATE
from home.moderation.scanner.spans import Kind, Span

WITH_ZERO = ("BE", "DE", "IT", "FR", "CH", "NL", "GB", "AT", "MA")
SHORTEST = 8
WITHOUT_ZERO = ("ES", "PT", "IT", "LU", "PL", "GR", "MT", "TN", "SN")

FRENCH = re.compile(
    r"(?<!\d)(?<!\d[.-])0(?:\s?[1-9])(?P<gap>\s?[./-]?\s?)\d\s?\d(?:(?P=gap)\d\s?\d){3}(?!\d)"
)
FRENCH_IN_DIGITS = re.compile(r"(?<!\d)(?<!\d[./-])0(?P<gap>[\s./-])[1-9](?:(?P=gap)\d){8}(?!\d)")
ABROAD = re.compile(r"(?<![\d+])(?:\+\s?|00\s?)[1-9](?:[\s./()-]{0,3}\d){7,14}(?!\d)")
NATIONAL = re.compile(r"(?<!\d)(?<!\d[.,/-])\(?0\d{1,4}\)?(?:\s?[\s./-]\s?\d{2,8}){1,4}(?!\d|[.,]\d)")
BARE = re.compile(r"(?<!\w)(?<!\d[\s.,/-])[2-9]\d{1,2}(?:[\s.-]?\d{2,4}){2,3}(?!\d|[\s.,-]\d)")
DICTATED = re.compile(
    r"(?<!\d)0[67](?:\s?[,;]\s?\d\d){4}(?![\d,])|(?<!\d)0[67](?:\s?[,;]\s?\d\d){4}(?=,\s\D)"
)
FREEPHONE = re.compile(r"(?<!\d)0\s?8\d\d(?:\s?\d\d){3}(?!\d)")
LINK = re.compile(
    r"(?:wa\.me/|whatsapp\.com/send/?\?phone=|tel:|sms:|callto:)(?P<number>\+?\d(?:[\s./()-]{0,2}\d){7,14})",
    re.IGNORECASE,
)
IN_WORDS = (
    r"(?:z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    r"|vingts?|trente|quarante|cinquante|soixante|septante|huitante|octante|nonante)"
)
SPOKEN = re.compile(
    rf"\bz[ée]ro[\s,-]{{1,2}}{IN_WORDS}(?:[\s,-]{{1,2}}(?:et[\s-])?{IN_WORDS}\b){{4,20}}", re.IGNORECASE
)

ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
CUE = re.compile(
    r"\bt[ée]l\b|t[ée]l[ée]?f|t[ée]l[ée]ph|telem|m[óo]vil|m[óo]bil|cellul|portable|\bgsm\b|\bhandy\b|whatsapp|\bsignal\b"
    r"|appel|ll[áa]m|chiama|anruf|joindre|contact|rappel|num[ée]ro|sms\b|☎|📞|fixe\b|répond",
    re.IGNORECASE,
)
UNIT = re.compile(
    r"\s?(?:€|%|\$|eur|k€|m€|m²|km|kg|h\b|franc|livre|personne|habitant|million|milliard|demande|place|person|fois|dossier)",
    re.IGNORECASE,
)


def phones(text: str) -> Iterator[Span]:
    for match in LINK.finditer(text):
        yield Span(Kind.PHONE, *match.span("number"))
    addresses = [match.span() for match in ADDRESS.finditer(text)]
    for start, end in _candidates(text):
        if not any(begin <= start < stop for begin, stop in addresses[:500]):
            yield Span(Kind.PHONE, start, end)


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (FRENCH, FRENCH_IN_DIGITS, DICTATED, FREEPHONE, SPOKEN):
        yield from (match.span() for match in pattern.finditer(text))
    yield from (match.span() for match in ABROAD.finditer(text) if _is_possible(match[0]))
    for match in NATIONAL.finditer(text):
        if _is_national(match[0]):
            yield match.span()
    for match in BARE.finditer(text):
        if (
            sum(map(str.isdigit, match[0])) >= SHORTEST
            and _is_announced(text, *match.span())
            and _is_valid(match[0], WITHOUT_ZERO)
        ):
            yield match.span()


def is_phone_by_itself(number: str) -> bool:
    """Whether *number* is written as a telephone number, whatever the words before it are about."""
    if number.isdigit():
        return False
    if FRENCH.fullmatch(number) or ABROAD.fullmatch(number):
        return True
    return bool(NATIONAL.fullmatch(number)) and _is_national(number)


def _is_national(number: str) -> bool:
    return not A_DATE.search(number) and _is_valid(number, WITH_ZERO)


def _is_announced(text: str, start: int, end: int) -> bool:
    """Whether the words around say that a telephone number comes: nine digits may count anything."""
    line = text[max(0, start - 80) : start].rpartition("\n")[2]
    return bool(CUE.search(line)) and not UNIT.match(text, end)


def _is_possible(number: str) -> bool:
    """Whether a number with its country could exist; numbers of a country change too often to ask for more."""
    digits = re.sub(r"^00\s?", "+", number.replace("(0)", ""))
    try:
        return is_possible_number(parse(digits))
    except NumberParseException:
        return False


def _is_valid(number: str, regions: tuple[str, ...]) -> bool:
    return any(_is_valid_in(number, region) for region in regions)


def _is_valid_in(number: str, region: str) -> bool:
    try:
        return is_valid_number(parse(number, region))
    except NumberParseException:
        return False
