"""Word, Excel and PowerPoint (OOXML): their authors, company, history and paths taken out, their text left alone."""

from __future__ import annotations

import posixpath
import re
from typing import Any

from home.media.cleaning import archives, embedded, limits, markup
from home.media.cleaning.answers import Cleaned, Refused, Remark
from home.media.cleaning.archives import Parts
from home.media.cleaning.office_text import clean_text

TYPES = "[Content_Types].xml"
MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": "pptx",
}
MACROS = re.compile(
    r"vba(?:project|data)|macrosheets/|activex/|\.bas$|customui|attachedtoolbars", re.IGNORECASE
)
SIGNATURES = re.compile(r"_xmlsignatures/", re.IGNORECASE)
# Who, when, where: nothing in the text depends on these parts.
DROPPED = re.compile(
    r"^docProps/|^customXml/|/printerSettings|^word/people\.xml|^xl/revisions/|/changesInfos?/|^ppt/revisionInfo\.xml"
    r"|^word/(?:attachedTemplate|mailMergeData|recipientData)|/calcChain\.xml$|webextensions/|^docMetadata/|\.bin$",
    re.IGNORECASE,
)
CONNECTIONS = re.compile(r"^xl/(?:connections\.xml|queryTables/|model/)", re.IGNORECASE)
OBJECTS = re.compile(r"/(?:embeddings|ole)/", re.IGNORECASE)
RELATIONS = re.compile(r"(?:^|/)_rels/[^/]*\.rels$")
LINK = "/hyperlink"
SAFE_LINK = re.compile(r"(?:https?|mailto|tel):|#", re.IGNORECASE)
NOWHERE = "about:blank"


def clean(data: bytes, depth: int = 0) -> Cleaned:
    """*data* without authors and history. Raises ``Refused`` for macros, signatures and what can't be looked into."""
    parts = archives.unpacked(data)
    if TYPES not in parts:
        raise Refused("unreadable_document")
    extension = _extension(parts)
    _refuse(parts)
    remarks: dict[str, Remark] = {}
    for name in [name for name in parts if DROPPED.search(name)]:
        del parts[name]
    for name in list(parts):
        parts[name] = _part(name, parts[name], depth, remarks)
    _mend(parts)
    return Cleaned(archives.packed(parts, TYPES), extension, tuple(remarks.values()))


def _extension(parts: Parts) -> str:
    """By the type that the document gives itself: a document with macros has one of its own."""
    types = {element.get("ContentType", "") for element in markup.parsed(parts[TYPES])}
    if any("macro" in kind.lower() or "vba" in kind.lower() for kind in types):
        raise Refused("macros")
    found = [MAIN[kind] for kind in types if kind in MAIN]
    if len(found) != 1:
        raise Refused("unreadable_document")
    return found[0]


def _refuse(parts: Parts) -> None:
    for name, part in parts.items():
        if MACROS.search(name):
            raise Refused("macros")
        if SIGNATURES.search(name):
            raise Refused("signed")
        if CONNECTIONS.search(name):
            raise Refused("connections")
        if (OBJECTS.search(name) and name.endswith(".bin")) or part.startswith(b"\xd0\xcf\x11\xe0"):
            raise Refused("attached_object", name=posixpath.basename(name))


def _part(name: str, part: bytes, depth: int, remarks: dict[str, Remark]) -> bytes:
    if OBJECTS.search(name) and part.startswith(archives.START):
        if depth >= limits.EMBEDDED_DEPTH:
            raise Refused("bomb")
        return clean(part, depth + 1).data
    if RELATIONS.search(name):
        return _relations(part)
    if name.lower().endswith((".xml", ".vml")):
        return part if name == TYPES else clean_text(part, remarks)
    return embedded.clean_part(name, part, remarks)


def _relations(part: bytes) -> bytes:
    """Links go to pages and addresses. Nothing is fetched when the document opens, no path of a computer stays."""
    root = markup.parsed(part)
    for relation in list(root):
        if relation.get("TargetMode") != "External":
            continue
        if relation.get("Type", "").endswith("/attachedTemplate"):
            markup.remove(relation)
        elif not (relation.get("Type", "").endswith(LINK) and SAFE_LINK.match(relation.get("Target", ""))):
            relation.set("Target", NOWHERE)
    return markup.written(root)


def _mend(parts: Parts) -> None:
    """Nothing may point to a part that is gone: Office calls such a document damaged."""
    types = markup.parsed(parts[TYPES])
    for element in list(types):
        if element.get("PartName", "").lstrip("/") not in parts and markup.local(element.tag) == "Override":
            markup.remove(element)
    parts[TYPES] = markup.written(types)
    for name in [name for name in parts if RELATIONS.search(name)]:
        folder = posixpath.dirname(posixpath.dirname(name))
        if (
            name != "_rels/.rels"
            and posixpath.join(folder, posixpath.basename(name)[: -len(".rels")]) not in parts
        ):
            del parts[name]
            continue
        root = markup.parsed(parts[name])
        for relation in list(root):
            if relation.get("TargetMode") != "External" and _target(folder, relation) not in parts:
                markup.remove(relation)
        parts[name] = markup.written(root)


def _target(folder: str, relation: Any) -> str:
    target = relation.get("Target", "").partition("#")[0]
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
