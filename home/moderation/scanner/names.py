"""Full names beside a word that makes somebody recognisable as exiled, undocumented or a minor.

No list of names is ever complete. Two capitalised words in a row are taken for a name, unless the words around or
within say that they name an institution, a place or a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from home.moderation.scanner.spans import Kind, Span
from home.moderation.scanner.typography import plain

HERE = Path(__file__).parent
STATUS = re.compile(
    r"\b(?:r[ée]fugi[ée]|mineur|mna\b|mie\b|exil|demandeu\w+[^\s]*\sd'asile|demandeu\w+[^\s]*\sd['\s]protection|requ[ée]rante?\S*\sd'asile"
    r"|demand\w*\s(?:l'|d')asile|sans[\s-]papier|d[ée]bout[ée]|apatride|\w?migrant|dublin[ée]|protection\s(?:subsidiaire|temporaire"
    r"|internationale)|oqtf|situation\sirr[ée]guli|irr[ée]guli[èe]r|jeunes?\smajeur|expuls|r[ée]gularis|clandestin|titre\sde\ss[ée]jour"
    r"|r[ée]tention|persécut|rifugiat|refugiad|flüchtling|gefl[uü]chtet|solicitante)",
    re.IGNORECASE,
)
BOUNDARY = re.compile(r"(?<=[.!?…])[\s\"»)]{1,3}(?=[\"«(\s-]{0,3}[^\W\d_a-zà-ÿ])|\n+|;\s")
ABBREVIATED = re.compile(r"(?:^|[\s(«'])(?:MM?|Mr|Mme|Mmes|Mlle|Dr|Pr|Me|Mgr|St|Ste|[^\W\d_a-zà-ÿ])\.$")
TOKEN = re.compile(r"[dljmnstLJ]'(?=[^\W\d_a-zà-ÿ])|[^\W\d_]+(?:['-][^\W\d_]+)*\.?")
ARTICLE = re.compile(
    r"(?:\b(?:les?|la|une?|des|aux?|du|cette|cet|ce|ces|nos|notre|leur|sa|son|ses|chaque|the|il|die|der|das)\s|\bl')$",
    re.I,
)
PLACE_NOUN = re.compile(
    r"\b(?:lyc[ée]e|[ée]coles?|coll[èe]ge|rue|place|centre|foyer|salle|association|asbl|ong|fondation|loi|prix|stade|h[ôo]pital"
    r"|m[ée]diath[èe]que|biblioth[èe]que|avenue|quai|gare|camp|parc|boulevard|institut|maison|th[ée][âa]tre|square|rapport|arr[êe]t"
    r"|station|pont|port|mairie|ville|commune|r[ée]gion|d[ée]partement|quartier|groupe|collectif|r[ée]seau|cit[ée]|r[ée]sidence"
    r"|navire|bateau|caf[ée]|librairie|espace|universit[ée]|cin[ée]ma|revue|journal|film|livre|roman|d[ée]cret|circulaire|programme"
    r"|compagnie|jardin|h[ôo]tel|impasse|cours|all[ée]e|clinique|via|piazza|bois|ferme|auberge|chapelle|[ée]glise|mosqu[ée]e)"
    r"\s(?:de\s|du\s|des\s|d'|\"|«\s)?$",
    re.IGNORECASE,
)
TITLES = set(
    "m mr mm mme mmes mlle monsieur madame mademoiselle dr docteur me maitre pr professeur frere soeur pere"
    " imam".split()
)
LINKS = set("el al ben bin ibn ould bint van von der dos da do das di della abu y e dit dite de du d".split())
FRENCH_LINKS = set("de du d di della da do dos das e y dit dite".split())
GIVEN_NAME_AND_SURNAME, LONGEST_NAME, LONGEST_RUN = 2, 5, 7
Token = re.Match[str]


def names(text: str) -> Iterator[Span]:
    if not STATUS.search(text):
        return
    for start, end in _sentences(text):
        if STATUS.search(text, start, end):
            yield from _names_in(text, start, end)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """From where to where each sentence goes; « M. Diallo » is no end of one."""
    start = 0
    for match in BOUNDARY.finditer(text):
        if not ABBREVIATED.search(text, max(start, match.start() - 8), match.start()):
            yield start, match.start()
            start = match.end()
    yield start, len(text)


def _names_in(text: str, start: int, end: int) -> Iterator[Span]:
    shouted = text[start:end].isupper()
    for run in _runs(text, start, end):
        name = _name(text, run, shouted=shouted)
        if name:
            yield Span(Kind.NAME, name[0].start(), _end(name[-1]))


def _end(token: Token) -> int:
    """Where a name ends: before the full stop of its sentence, after the one of an initial."""
    return token.end() - 1 if token[0].endswith(".") and len(token[0]) > 2 else token.end()


def _runs(text: str, start: int, end: int) -> Iterator[list[Token]]:
    """Capitalised words that follow each other, with the small words that hold names together."""
    run: list[Token] = []
    for token in TOKEN.finditer(text, start, end):
        touches = bool(run) and text[run[-1].end() : token.start()] == " " and not _ends_run(run[-1])
        if not touches:
            yield from [run] if run else []
            run = []
        if token[0][0].isupper() or (run and plain(token[0]) in LINKS):
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _ends_run(token: Token) -> bool:
    """A full stop ends a run, except after an initial or a title."""
    word = token[0].rstrip(".")
    return token[0].endswith(".") and len(word) > 1 and plain(word) not in TITLES


def _name(text: str, run: list[Token], *, shouted: bool) -> list[Token]:
    """The part of *run* that is somebody's name; empty if none is."""
    tokens = list(run)
    titled = False
    while tokens and _word(tokens[0]) in starting_words() | LINKS | TITLES:
        titled = _word(tokens.pop(0)) in TITLES
    while tokens and _word(tokens[-1]) in starting_words() | LINKS:
        tokens.pop()
    if not tokens or len(tokens) > LONGEST_RUN:
        return []
    if not _has_given_name(tokens):
        tokens = _up_to_french_link(tokens)
    # « Mamadou K. » is no full name any more.
    words = [_word(token) for token in tokens if len(_word(token)) > 1 and _word(token) not in LINKS]
    before = text[max(0, tokens[0].start() - 30) : tokens[0].start()]
    if not words or PLACE_NOUN.search(before) or not _may_be_a_person(words):
        return []
    if titled:
        return run[run.index(tokens[0]) - 1 : run.index(tokens[-1]) + 1]
    return tokens if len(words) > 1 and _is_likely(tokens, words, before, shouted=shouted) else []


def _may_be_a_person(words: list[str]) -> bool:
    """Whether no word belongs to an institution; people are called « Marie Petit » and « Jean Port » too."""
    if len(words) == GIVEN_NAME_AND_SURNAME and words[0] in given_names() - proper_words():
        return True
    return not any(word in proper_words() for word in words)


def _is_likely(tokens: list[Token], words: list[str], before: str, *, shouted: bool) -> bool:
    """Whether two or more words that are no institution's are a person's."""
    if _has_given_name(tokens):
        return not words[0].startswith(("saint-", "sainte-", "san-"))
    if shouted or ARTICLE.search(before) or len(words) > LONGEST_NAME:
        return False
    capitals = [token[0].isupper() and len(token[0]) > 2 for token in tokens]
    if any(capitals):
        return not all(capitals)
    return all(len(word) > 2 for word in words if word != words[-1]) or len(words) > 2


def _up_to_french_link(tokens: list[Token]) -> list[Token]:
    """« Zarmina Hotaki de Kaboul »: without a known given name, « de » ends a name."""
    for place, token in enumerate(tokens):
        if _word(token) in FRENCH_LINKS:
            return tokens[:place]
    return tokens


def _has_given_name(tokens: list[Token]) -> bool:
    return any(part in given_names() for token in tokens for part in _word(token).split("-"))


def _word(token: Token) -> str:
    """A token as the lists have it: « d’Aboubacar » is « aboubacar »."""
    word = plain(token[0].rstrip("."))
    head, apostrophe, tail = word.partition("'")
    is_elision = bool(apostrophe) and head in set("dlmjst") and len(tail) > 2  # « N’Diaye » is one word
    return tail if is_elision else word


@cache
def given_names() -> frozenset[str]:
    return _words("given_names.txt")


@cache
def proper_words() -> frozenset[str]:
    return _words("proper_words.txt")


@cache
def starting_words() -> frozenset[str]:
    return _words("starting_words.txt")


def _words(file: str) -> frozenset[str]:
    lines = (HERE / file).read_text(encoding="utf-8").splitlines()
    return frozenset(plain(word) for line in lines if not line.startswith("#") for word in line.split())
