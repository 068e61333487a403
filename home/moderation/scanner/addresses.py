"""Postal addresses in the languages of the territories: a street with its number, a box, a flat."""

from __future__ import annotations

import re
from collections.abc import Iterator

from home.moderation.scanner.dates import MONTH
from home.moderation.scanner.spans import Kind, Span

CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
HOUSE = (  # no year
    r"(?<!\d)(?<!\d[\s.,/])(?!(?:19|20)\d\d(?!\d))[1-9]\d{0,3}"
    r"(?:\s?(?i:bis|ter|quater)|\s?[A-Za-d])?(?:[/-](?:\d{1,3}[a-d]?|[A-Z]))?(?!\w)"
)
# « la rue », but also « une place » in a crèche and « un cours » of French: the second kind needs a proper name.
SURE = (
    r"(?:rue|r\.|avenue|ave?\.?|boulevard|boul\.|blv?d\.?|bd\.?|impasse|imp\.|chaussée|ruelle|venelle"
    r"|faubourg|fbg\.?)"
)
UNSURE = (
    r"(?:place|pl\.|cours|chemin|ch\.|allées?|all\.|quai|route|rte\.?|square|sq\.|passage|sentier|montée|voie|drève|clos"
    r"|esplanade|promenade|résidence|lotissement|cité|hameau|villa|mas|traverse|cour|porte|mail|parvis|rond-point|côte|galerie)"
)
LINK = r"(?i:de\sla\s|de\sl'|des?\s|du\s|d'|la\s|les?\s|l'|en\s|sur\s|sous\s|aux?\s|à\s|et\s|saint(?:e)?\s)"
WORD = r"(?!(?:après|et|ou|où|à|au|sur|dans|par|qui|que|pour|avec|en|est|calme)\b)[^\W_](?:[\w'-]|\.(?=[\w-])){0,30}"
PROPER = rf"{CAPITAL}(?:[\w'-]|\.(?=[\w-])){{0,30}}"  # the full stop of « J.-B. », not of a sentence
DATE = rf"(?:{LINK}){{0,2}}\d{{1,2}}(?:er)?\s(?i:{MONTH})(?:\s(?:19|20)\d\d)?(?!\w)"
NAME = rf"(?:{LINK}){{0,3}}{PROPER}(?:[\s-](?:{LINK}){{0,2}}{PROPER}){{0,4}}"
LOOSE_NAME = rf"(?:{LINK}){{0,3}}{WORD}(?:[\s-](?:{LINK}){{0,2}}{PROPER}){{0,4}}"
DETAIL = r"(?i:bte|bo[îi]te|b[âa]t(?:iment|\.)?|ap(?:p(?:artemen|ar)?)?t\.?|étage|esc\.?)\s?[\w]{1,4}"
TOWN = (
    rf"(?:[\s,-]{{1,3}}{DETAIL})?[\s,-]{{1,3}}(?:[A-Z]{{1,2}}-)?\d{{4,5}}\s{PROPER}"
    rf"(?:[\s-](?:{LINK})?{PROPER}){{0,3}}"
)
# After a number that ends a street: nothing that it could count.
ENDED = (
    rf"(?=\s?(?:$|[.,;:!?)\]»\n\"-]|\d{{4,5}}\s|{DETAIL}|(?i:à|et|ou|au|aux|chez|pour|dans|en|devant|derrière|est|où|depuis|par|sur"
    r"|bei|in|a|em|y|e|près|jusqu|avec|de|du|le|la|les)\b))"
    rf"(?!\s?(?:[.,]\d|h\b|{MONTH}\b))"
)
NUMBER_AFTER = rf"\s?,?\s?(?i:n[°o.]{{0,2}}\s?|nr\.?\s?|núm\.?\s?)?{HOUSE}{ENDED}"

FRENCH = re.compile(
    rf"{HOUSE}\s?,?\s?(?i:de\sla\s|de\sl'|du\s|de\s)?(?:(?i:grande?[\s'-]?(?:rue|place))\b|(?i:{SURE})\s(?:{DATE}|{LOOSE_NAME})|(?i:{UNSURE})\s(?:{DATE}|{NAME}))(?:{TOWN})?"
)
BELGIAN = re.compile(rf"\b(?i:{SURE}|{UNSURE})\s(?:{DATE}|{NAME}){NUMBER_AFTER}(?:{TOWN})?")
WITH_TOWN = re.compile(
    rf"(?<!\w){PROPER}(?:[\s-]{PROPER}){{0,3}}\s?,?\s{HOUSE}\s?,\s?(?:[A-Z]{{1,2}}-)?\d{{4,5}}\s{PROPER}"
)
GERMAN = re.compile(
    rf"(?<![\w-])(?:{CAPITAL}[\w-]{{0,30}}?(?i:straße|strasse|str\.|weg|platz|allee|gasse|ufer|damm|ring|chaussee|steig)"
    rf"|{PROPER}\s(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Ufer|Damm|Ring|Chaussee)"
    rf"|Straße\sdes\s17\.\sJuni|(?:Am|An\sder|An\sden|Im|In\sder|Zum|Zur|Auf\sdem|Unter\sden|Alt|Neue[rn]?|Alte[rn]?)[\s-]{PROPER})"
    rf"\s{HOUSE}{ENDED}(?:{TOWN})?"
)
ITALIAN = (
    r"(?:via|viale|v\.le|piazza|p\.zza|piazzale|p\.le|corso|c\.so|vicolo|largo|vico|contrada|cortile"
    r"|lungomare|salita)"
)
SPANISH = (
    r"(?:calle|c/|c\.|carrer|avenida|avda\.?|avinguda|plaza|plaça|paseo|passeig|ronda|rambla|passatge|pasaje"
    r"|callejón|glorieta|travessera|travesía|camino|camí|carretera|gran\svía)"
)
PORTUGUESE = (
    r"(?:rua|largo|praça|travessa|calçada|estrada|beco|alameda|pátio|escadinhas|rotunda|avenida|av\.)"
)
SOUTHERN_LINK = (
    r"(?i:de\slas?\s|de\slos\s|dels?\s|de\sl'|de\s|das?\s|dos?\s|d'en\s|d'|di\s|della\s|degli\s|dei\s"
    r"|la\s|el\s|los\s|las\s|l')"
)
SOUTHERN_NAME = rf"(?:{SOUTHERN_LINK})?{PROPER}(?:\s(?:{SOUTHERN_LINK})?{PROPER}){{0,4}}"
SOUTHERN = re.compile(
    rf"(?<!\w)(?i:{ITALIAN}|{SPANISH}|{PORTUGUESE})\s?{SOUTHERN_NAME}{NUMBER_AFTER}(?:{TOWN})?"
)

BOX = re.compile(
    rf"(?:\bB\.?\s?P\.?\s?|(?i:\bbo[îi]te postale\s|\bcase postale\s|\bpostfach\s|\bapartado\s|\bcasella postale\s))"
    rf"(?:[Nn]°\s?)?\d{{1,6}}(?!\w|[.,]\d)(?:{TOWN})?|\bCS\s\d{{5}}\b(?:{TOWN})?"
)
FLAT = re.compile(
    r"\bb[âa]t(?:iment|\.)\s?\w{1,3}\b[^.;\n]{0,20}\bap(?:p(?:artemen|ar)?)?t\.?\s?(?:n°\s?)?\d{1,4}\b(?!\s?pi[èe]ces)"
    r"|\bap(?:p(?:artemen|ar)?)?t\.?\s?(?:n°\s?)?\d{1,4}\b(?!\s?pi[èe]ces)[^.;\n]{0,20}\bb[âa]t(?:iment|\.)\s?\w{1,3}\b",
    re.IGNORECASE,
)
PLACE = re.compile(
    rf"\b(?i:mas|hameau|lieu-dit|lieu\sdit|résidence|domaine|ferme|lotissement|cité|villa|château|foyer|quartier|chez|hôtel)\s"
    rf"[^.;,\n\d]{{2,40}},\s?(?:[A-Z]-)?\d{{5}}\s{PROPER}(?:[\s-](?:{LINK})?{PROPER}){{0,3}}"
)
AT_HOME = re.compile(
    r"\b(?i:habit(?:e|es|ent|ait|ons|ant)|log(?:e|ent|ée?s?)|héberg[ée]\S{0,6}|domicili\S{1,8}|demeur(?:e|ent|ant)|résid(?:e|ent|ant|ait)"
    rf"|vi(?:t|vent)|dor(?:t|ment)|installée?s?)\s(?:(?:au|à|dans|sur)\s)?(?:la\s|le\s|l')?(?P<street>(?i:{SURE})\s{NAME})"
)


def addresses(text: str) -> Iterator[Span]:
    for pattern in (FRENCH, BELGIAN, GERMAN, SOUTHERN, WITH_TOWN, BOX, FLAT, PLACE):
        for match in pattern.finditer(text):
            yield Span(Kind.POSTAL, *match.span())
    for match in AT_HOME.finditer(text):
        yield Span(Kind.POSTAL, *match.span("street"))
