"""A cohort as a moderator pastes it, or as a spreadsheet writes it: what was understood, line by line."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_LINES = 200
MAX_BYTES = 200_000
COLUMNS = ["email", "name", "session", "territory", "host", "minor"]
# Headers as people write them, without accents, case and punctuation.
HEADERS = {
    "email": {
        "email",
        "mail",
        "courriel",
        "adresse",
        "adresse electronique",
        "adresse email",
        "adresse mail",
    },
    "first_name": {"prenom"},
    "name": {"nom", "nom complet", "prenom nom", "prenom et nom", "nom et prenom", "personne", "volontaire"},
    "session": {"session", "numero de session", "n de session", "no de session"},
    "territory": {"territoire", "ville", "lieu", "commune"},
    "host": {"hote", "accueil", "organisation", "organisation d accueil", "structure", "structure d accueil"},
    "minor": {"mineur", "mineure", "mineur e", "mineur ou non", "mineure ou non", "mineur oui non"},
}


@dataclass
class Row:
    """One line, its cells as typed; ``number`` is the line of the text, for a person to find it again."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8 with or without its mark, else what an older spreadsheet writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def plain(text: str) -> str:
    """*text* for comparing: lower case, without accents, signs and double spaces."""
    bare = unicodedata.normalize("NFKD", text.replace("·", " ")).casefold()
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


def rows_of(text: str) -> list[Row]:
    """The lines of *text* that hold something, without the header."""
    text = text.replace("\x00", "").lstrip("\ufeff")
    columns: list[str] = COLUMNS
    rows: list[Row] = []
    for number, cells in _lines(text):
        if not any(cells):
            continue
        if not rows and columns is COLUMNS and (header := _header(cells)):
            columns = header
            continue
        named = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
        rows.append(Row(number, _with_full_name(named)))
    return rows


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of every line with its number, as far as they can be read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error:  # a cell of more than a hundred thousand signs
        return


def _delimiter(text: str) -> str:
    """The sign between cells that the first line holds most; a tab, as pasted from a spreadsheet, wins a tie."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max("\t;,", key=first.count)


def _header(cells: list[str]) -> list[str] | None:
    """The columns that *cells* name; ``None`` when it is no header."""
    if any("@" in cell for cell in cells):
        return None
    found = [_column(cell) for cell in cells]
    return found if "email" in found else None


def _column(title: str) -> str:
    words = plain(title.replace("-", "") if "mail" in title.casefold() else title)
    return next((name for name, titles in HEADERS.items() if words in titles), "")


def _with_full_name(cells: dict[str, str]) -> dict[str, str]:
    """With first and last name in one cell, however many columns they came in."""
    if first := cells.pop("first_name", ""):
        cells["first_name"] = first
        cells["name"] = f"{first} {cells.get('name', '')}".strip()
    return cells
