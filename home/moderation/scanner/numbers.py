"""Numbers that lead to one person's file: with an administration, on an identity paper, at a bank."""

from __future__ import annotations

import re
from collections.abc import Iterator

from home.moderation.scanner.dates import A_DATE, IN_DIGITS, MONTH, YEAR, YEARS
from home.moderation.scanner.phones import CUE as PHONE_CUE
from home.moderation.scanner.phones import UNIT, is_phone_by_itself
from home.moderation.scanner.spans import Kind, Span

# Numbers that one recognises by their shape alone.
NATIONAL_REGISTERS = re.compile(
    r"\b(?:[1-478]\s?\d\d\s?[0-9]\d\s?(?:\d\d|2[AB])\s?\d{3}\s?\d{3}\s?\d\d"  # France, social security
    r"|\d\d\.\d\d\.\d\d\s?-\s?\d{3}\.\d\d"  # Belgium
    r"|[XYZ][\s-]?\d{7}[\s-]?[A-Z]"  # Spain, foreigners
    r"|[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]"  # Italy
    r"|(?:AT|BE|BG|CH|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GR|HR|HU|IE|IT|LT|LU|LV|MT"  # Dublin
    r"|NL|NO|PL|PT|RO|SE|SI|SK)[12]\d{8,14}"
    r")(?![\w-])"
)
SPANISH_CARD = re.compile(r"\b(?P<number>\d{8})-?(?P<letter>[A-HJ-NP-TV-Z])\b")
SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
IBAN = re.compile(r"\b(?P<country>[A-Z]{2})\d{2}(?:\s?[A-Z\d]){11,30}(?!\w)")
IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "CH": 21, "DE": 22, "ES": 24, "FR": 27, "GB": 22, "GR": 27,
    "IT": 27, "LU": 20, "MC": 27, "MT": 31, "NL": 18, "PL": 28, "PT": 25,
}  # fmt: skip

# Numbers that one recognises by the words before them.
FILES = (
    r"agdref|ofpra|cnda|anef|r[ée]c[ée]piss[ée]s?|[ée]tranger|dublin[ée]?\w{0,3}|eurodac|num[ée]ro national"
    r"|registre national|niss|nir|s[ée]curit[ée] sociale|s[ée]cu|vitale|bamf|azr(?:-nummer)?|aktenzeichen"
    r"|n\.?i\.?e\.?|nif|caf|allocataire|office des [ée]trangers|\boe|cgra|fedasil|sef|aima|questura|pr[ée]fecture"
    r"|ausländerbehörde|cpam|\bame|usager"
    r"|demande d'asile|protection internationale"
)
WEAK_FILES = (
    r"dossier|affaire|identifiant|r[ée]f[ée]rence|matricule|convocation|[ée]crou|requ[êe]te|recours"
    r"|proc[ée]dure|expediente|processo|pratica"
)
PAPERS = (
    r"passe?port\w{0,2}|pasaporte|passaporto|reisepass|titres? de s[ée]jour"
    r"|cartes? de s[ée]jour|carte de r[ée]sident\w{0,4}"
    r"|permis de s[ée]jour|(?:pi[èe]ce|document)s? d'identit[ée]|tarjeta(?: de residencia)?|carta di soggiorno|ausweis"
    r"|fiktionsbescheinigung|ankunftsnachweis|attestation d'immatriculation|autorisation provisoire de s[ée]jour"
    r"|dcem|annexe \d\d"
    r"|acte de naissance|cartes? (?:nationale )?d'identit[ée]|\bcni|document de voyage|titre de voyage|carte [a-f]\b"
    r"|permesso di soggiorno|carta d'identit[àa]|aufenthalts\w{3,12}|duldung|personalausweis|visa|laissez-passer"
    r"|attestation de demande d'asile|permis de conduire|\bdni|\btie|cart[ãa]o de cidad[ãa]o|t[íi]tulo de resid[êe]ncia"
)
MARK = r"(?:(?<!\w)n\.?\s?[°o]|num[ée]ros?|nummer|nr\.?|r[ée]f(?:[ée]rence|\.)?|#)"
NUMBER = (
    r"(?P<number>(?<![\w])(?:[A-Z]{1,5}[\s./-]?)?\d(?:[\s./-]?[\dA-Z]){4,17}(?:\s[A-Z])?(?!\w)"
    r"|(?<!\w)(?=[a-z]{0,3}\d)[a-z\d]{6,14}(?!\w))"
)
# No two of these can read the same characters: a hostile text would make them try every way.
GAP = (
    rf"(?:(?<!\w)(?:no?|nr|r[ée]f)\.|\d{{1,2}}(?:er)?\s{MONTH}\s{YEAR}|{IN_DIGITS}"
    r"|\d{1,3}(?![\s./-]?\d)|[^.;!?\n\d]){0,45}?"
)


def _after(words: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<lead>(?i:{MARK}\s?(?:du\s|de\s|d')?(?:l')?)?)(?<!\w)(?i:{words})(?!\w)(?P<gap>(?i:{GAP}))(?:{NUMBER})"
    )


MARKED = re.compile(rf"(?:{MARK}|:)\W{{0,3}}(?:\w{{1,6}}\s)?$", re.IGNORECASE)
EXPLICIT = re.compile(MARK, re.IGNORECASE)
THOUSANDS = re.compile(r"\d{1,3}(?:[\s.]\d{3})+")
CUES = [
    (Kind.IDENTITY, _after(PAPERS), False),
    (Kind.FILE, _after(FILES), False),
    (Kind.FILE, _after(WEAK_FILES), True),
]
ENOUGH_DIGITS, ENOUGH_BESIDE, ENOUGH_UNMARKED = 5, 6, 7


def numbers(text: str) -> Iterator[Span]:
    yield from _accounts(text)
    yield from _announced(text)
    yield from _by_shape(text)


def _accounts(text: str) -> Iterator[Span]:
    for match in IBAN.finditer(text):
        if (end := _iban_end(match)) is not None:
            yield Span(Kind.BANK, match.start(), end)


def _announced(text: str) -> Iterator[Span]:
    for kind, cue, only_marked in CUES:
        for match in cue.finditer(text):
            if _is_somebodys(match, only_marked=only_marked):
                yield Span(kind, *match.span("number"))


def _by_shape(text: str) -> Iterator[Span]:
    for match in SPANISH_CARD.finditer(text):
        if SPANISH_LETTERS[int(match["number"]) % len(SPANISH_LETTERS)] == match["letter"]:
            yield Span(Kind.IDENTITY, *match.span())
    for match in NATIONAL_REGISTERS.finditer(text):
        yield Span(Kind.FILE, *match.span())


def _iban_end(match: re.Match[str]) -> int | None:
    """Where the account number ends, if its check digits are right."""
    length = IBAN_LENGTHS.get(match["country"], 0)
    places = [place for place, character in enumerate(match[0]) if not character.isspace()][:length]
    if not length or len(places) < length:
        return None
    number = "".join(match[0][place] for place in places)
    remainder = int("".join(str(int(character, 36)) for character in number[4:] + number[:4])) % 97
    return match.start() + places[-1] + 1 if remainder == 1 else None


def _is_somebodys(match: re.Match[str], *, only_marked: bool) -> bool:
    """Whether the number after the words is a name in a register, and not a date, a sum or a count."""
    number, gap = match["number"], match["gap"]
    if _is_ordinary(number) or UNIT.match(match.string, match.end()) or PHONE_CUE.search(_without_marks(gap)):
        return False
    digits = sum(character.isdigit() for character in number)
    if EXPLICIT.search(gap) or match["lead"]:
        return digits >= ENOUGH_DIGITS
    if THOUSANDS.fullmatch(number):
        return False
    if MARKED.search(gap):
        return digits >= ENOUGH_DIGITS
    if gap == " ":
        return digits >= ENOUGH_BESIDE
    has_letters = any(character.isalpha() for character in number)
    return not only_marked and digits >= (ENOUGH_DIGITS if has_letters else ENOUGH_UNMARKED)


def _without_marks(gap: str) -> str:
    return EXPLICIT.sub("", gap)


def _is_ordinary(number: str) -> bool:
    """Dates, years and telephone numbers are found, or left alone, elsewhere."""
    return bool(A_DATE.fullmatch(number) or YEARS.fullmatch(number)) or is_phone_by_itself(number)
