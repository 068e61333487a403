"""French words brought to a common form, the same for the index and for a query, on every database.

*Hébergements*, *hebergement* and *hébergent* become one stem. Done here and not by the database, because SQLite has
no French stemming and PostgreSQL's is deaf to missing accents. Accents go first, since so many people leave them out;
Snowball does most of the rest; what it misses of plurals, feminines and verbs is put right before and after it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
# Words whose last letter is no mark of a plural, or which Snowball would confuse with others (« pays », « payer »).
_AS_THEY_ARE = frozenset(
    "pays temps corps cours concours parcours discours recours secours repas bras mois fois trois bois refus avis "
    "acces succes progres proces relais palais marais anglais choix prix voix paix croix hors gens sens campus bus "
    "milieu cheveux mer mere".split()
)
_IRREGULAR = {
    "travaux": "travail",
    "nouvelle": "nouveau",
    "nouvelles": "nouveau",
    "nouvel": "nouveau",
    "meres": "mere",
    "milieux": "milieu",
    "attente": "attendre",
    "attentes": "attendre",
}
# Nouns and adjectives in -ent that would become another word without it.
_KEEP_ENT = frozenset("parent argent urgent talent client accent absent patient".split())
# Verbs whose forms have no common beginning that a suffix could be cut from, with the nouns made of them.
_FAMILIES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in [
        (
            r"(.*)pr(?:en(?:ds?|dre|dra|dront|drait|ons|ez|ait|aient|ants?|antes?|eurs?|nes?|nent)|ise?s?)",
            r"\1prend",
        ),
        (
            r"(.*)([vt])(?:ien(?:s|t|nes?|nent|dra|dront|drait)?|en(?:ir|ue?s?|ons|ez|ait|aient|ants?|antes?))",
            r"\1\2en",
        ),
        (r"(.*)mett(?:re|ra|ront|ent|ez|ons|ait|aient|ant|es?)", r"\1met"),
        (r"((?!(?:enne|a|de|four)mis)(?:|[a-z]+))(?:mets?|mise?s?)", r"\1met"),
        (r"(sur|)(?:vecue?s?|viv(?:re|ra|ent|ait|aient|ants?|ez|ons)|vit)", r"\1viv"),
        (r"(.*(?:scri|ecri))(?:re|ra|ts?|tes?|s|vent|vait|vant|ptions?|tures?|vains?)?", r"\1"),
        (
            r"(re|aper|con|per|de)c(?:oi(?:s|t|ve|vent)|ue?s?|ev(?:oir|ons|ez|ait|aient|ant|ra|ront))",
            r"\1cev",
        ),
        (
            r"(r?ouv|(?:de|re)?couv|off|souff)(?:r(?:ir|ira|es?|ent|ait|aient|ants?|ez|ons)|ert(?:e?s?|ures?))",
            r"\1r",
        ),
        (r"(re|)conn(?:ue?s?|ai(?:s|t|tre|tra|ssent|ssait|ssant|ssances?))", r"\1connai"),
        (
            r"(.*[dt]r?u)(?:i(?:re|ra|te?s?|s|sent|sait|sant)|ctions?|cteurs?|ctrices?|ctif|ctive)",
            r"\1i",
        ),
        (r"(.*(?:pla|cra|pe|te|jo))i(?:n(?:dre|dra|d|te?s?|s|tures?)|gn(?:es?|ent|ait|ant|ons))", r"\1in"),
        (r"dor(?:t|s|ment|mir|mira|mait|maient|mant|toirs?)", "dorm"),
        (r"soign(?:er|e?e?s?|ent|ait|ants?|antes?)|soins?", "soin"),
        (r"(.*(?:[rvtpf]en|cen|per|pon|mor))d(?:re|s|ent|ue?s?|ait|aient|ant|ra|ront|ez|ons)?", r"\1d"),
    ]
]
_BEFORE = [
    (re.compile(pattern), replacement)
    for pattern, replacement in [
        (r"ees?$", "e"),  # exilée → exile
        (r"(?<=.)(i|g|ch|ll)eres?$", r"\1er"),  # étrangère → étranger
        (r"trices?$", "teur"),  # lectrice → lecteur
        (r"euses?$", "eur"),  # chercheuse → chercheur, heureuse → heureur
        (r"(?<=....)eux$", "eur"),  # heureux → heureur
        (r"(?<=..)(ai|oi)ses?$", r"\1s"),  # française → français
        (r"(?<=..)ons$", "on"),
        (r"(?<=..)ge(on|ant|antes?|ants)$", r"ge"),  # hébergeons → héberge
        (r"(?<=..)(ll|agn|ign)on$", r"\1e"),  # accueillons, accompagnons
    ]
]
_AFTER = [
    (re.compile(pattern), replacement)
    for pattern, replacement in [
        (r"([lntps])\1$", r"\1"),  # accueill → accueil
        (r"y$", "i"),  # payent, paient
        (r"(?<=..)(nd|v|t)r$", r"\1"),
        (r"(?<=..)if$", "iv"),  # actif, active
    ]
]

_stemmer = snowballstemmer.stemmer("french")


def fold(word: str) -> str:
    """*word* in lower case without accents: « Réfugié·e » → « refugie·e », « cœur » → « coeur »."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_LIGATURES)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word, the same whether its accents are there or not."""
    folded = fold(word)
    folded = _IRREGULAR.get(folded, folded)
    if folded in _AS_THEY_ARE or len(folded) <= 2 or not folded.isalpha():
        return folded
    for pattern, replacement in _FAMILIES:
        if match := pattern.fullmatch(folded):
            return match.expand(replacement)
    cut: str = _stemmer.stemWord(_rewritten(_singular(folded), _BEFORE))
    if len(cut) > 5 and cut.endswith("ent") and cut not in _KEEP_ENT:
        cut = cut[:-3]
    return _rewritten(cut, _AFTER)


def _singular(word: str) -> str:
    """*word* without the mark of its plural: « orangers » → « oranger », « locaux » → « local »."""
    if len(word) <= 3 or word.endswith(("ais", "ois", "ss")):
        return word
    if word.endswith("aux") and not word.endswith("eaux"):
        return f"{word[:-3]}al"
    if word.endswith("eux") and len(word) > 6:
        return word
    return word[:-1] if word.endswith(("s", "x")) else word


def _rewritten(word: str, rules: list[tuple[re.Pattern[str], str]]) -> str:
    for pattern, replacement in rules:
        word = pattern.sub(replacement, word)
    return word
