"""OpenDocument texts, tables and slides: authors, printers and history taken out, the text left alone."""

from __future__ import annotations

import re
from typing import Any

from home.media.cleaning import archives, embedded, markup
from home.media.cleaning.answers import Cleaned, Refused, Remark
from home.media.cleaning.archives import Parts
from home.media.cleaning.office_text import SOMEBODY

MIMETYPE = "mimetype"
EXTENSIONS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
MANIFEST = "META-INF/manifest.xml"
MACROS = re.compile(r"^(?:Basic|Scripts|Dialogs)/", re.IGNORECASE)
SIGNATURES = re.compile(r"^META-INF/.*signatures", re.IGNORECASE)
DROPPED = re.compile(
    r"^meta\.xml$|/meta\.xml$|^Thumbnails/|^Versions/|^VersionList\.xml$|^Configurations2/|^layout-cache$"
    r"|\.rdf$|^ObjectReplacements/|^database/",
    re.IGNORECASE,
)
SETTINGS = re.compile(r"^(?:Printer|Rsid|CurrentDatabase|ModifyPasswordInfo|SaveThumbnail|.*Author)")
NAMES = {
    "creator",
    "creator-initials",
    "sender-initials",
    "author-name",
    "author-initials",
    "initial-creator",
    "printed-by",
}
CHANGES = "tracked-changes"
META = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:meta/>'
    b"</office:document-meta>"
)


def clean(data: bytes) -> Cleaned:
    """*data* without authors and history. Raises ``Refused`` for macros, signatures, locks."""
    parts = archives.unpacked(data)
    extension = EXTENSIONS.get(parts.get(MIMETYPE, b"").strip(), "")
    if not extension or MANIFEST not in parts:
        raise Refused("unreadable_document")
    _refuse(parts)
    remarks: dict[str, Remark] = {}
    for name in [name for name in parts if DROPPED.search(name)]:
        del parts[name]
    for name in list(parts):
        parts[name] = _part(name, parts[name], remarks)
    parts["meta.xml"] = META
    _mend(parts)
    return Cleaned(archives.packed(parts, MIMETYPE), extension, tuple(remarks.values()))


def _refuse(parts: Parts) -> None:
    for name in parts:
        if MACROS.search(name) and not name.endswith((".xlb", ".xlc")):
            raise Refused("macros")
        if SIGNATURES.search(name):
            raise Refused("signed")
    if b"encryption-data" in parts[MANIFEST]:
        raise Refused("locked_document")


def _part(name: str, part: bytes, remarks: dict[str, Remark]) -> bytes:
    if name in (MIMETYPE, MANIFEST):
        return part
    if not name.endswith(".xml"):
        return embedded.clean_part(name, part, remarks)
    root = markup.parsed(part)
    for element in list(root.iter()):
        _clean_element(element, remarks)
    return markup.written(root)


def _clean_element(element: Any, remarks: dict[str, Remark]) -> None:
    tag = markup.local(element.tag)
    if tag == "script" and len(element):
        raise Refused("macros")
    if tag in NAMES and element.text:
        element.text = SOMEBODY
    elif _says_too_much(tag, element):
        markup.remove(element)
    elif stays := _what_stays(tag, element):
        remarks[stays] = Remark(stays)
    _clean_links(element)


def _says_too_much(tag: str, element: Any) -> bool:
    """Whether *element* acts by itself, dates a remark or names a printer."""
    if tag == "config-item":
        return bool(SETTINGS.match(_value(element, "name")))
    return tag in ("script", "event-listener") or (
        tag == "date" and "purl.org/dc" in markup.space(element.tag)
    )


def _what_stays(tag: str, element: Any) -> str:
    if tag == CHANGES and len(element):
        return "changes_stay"
    if tag == "annotation":
        return "comments_stay"
    return "hidden_stays" if tag == "table" and _value(element, "display") == "false" else ""


def _clean_links(element: Any) -> None:
    """Nothing is fetched when the document opens, and no path of a computer stays."""
    for key, value in list(element.attrib.items()):
        if markup.local(key) == "href" and re.match(
            r"(?:file|vnd\.|macro|javascript|data):|[A-Za-z]:\\|/|\.\./", value
        ):
            element.attrib[key] = "about:blank"
        elif markup.local(key) == "rsid" or markup.local(key).endswith("-rsid"):
            del element.attrib[key]


def _value(element: Any, name: str) -> str:
    return next((value for key, value in element.attrib.items() if markup.local(key) == name), "")


def _mend(parts: Parts) -> None:
    """The list of parts says what there is."""
    root = markup.parsed(parts[MANIFEST])
    for entry in list(root):
        path = _value(entry, "full-path")
        folder = path.endswith("/") and (path == "/" or any(name.startswith(path) for name in parts))
        if path not in parts and not folder:
            markup.remove(entry)
    parts[MANIFEST] = markup.written(root)
