"""The XML of an OOXML document: names of people in it, and what its author should know stays in it."""

from __future__ import annotations

import re
from typing import Any

from home.media.cleaning import markup
from home.media.cleaning.answers import Remark

SOMEBODY = "Auteur·e"
# Attributes, by their local name, in the vocabularies of Office itself.
NAMES = {
    "author": SOMEBODY,
    "initials": "A",
    "userName": SOMEBODY,
    "displayName": SOMEBODY,
    "userId": "0",
    "providerId": "None",
}
GONE = {"date", "dateUtc", "dT", "dt", "created", "modified"}
REVISION_IDS = re.compile(r"^rsid")
# Elements that name the people of a discussion, or hold one of their marks.
PEOPLE = {"author", "person", "comment", "cmAuthor", "cm", "threadedComment", "ins", "del", "moveFrom", "moveTo",
          "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "numberingChange",
          "cellIns", "cellDel", "cellMerge", "tblGridChange", "tblPrExChange", "moveFromRangeStart",
          "moveToRangeStart", "customXmlInsRangeStart", "customXmlDelRangeStart", "fileSharing"}  # fmt: skip
DROPPED = {"rsids", "attachedTemplate", "absPath", "docVars", "mailMerge", "fileRecoveryPr", "webPublishing"}
# What Office writes for a picture by itself: the name of its file, or where it lay.
PICTURES = {"docPr", "cNvPr"}
FILE = re.compile(r"[\\/]|\.(?:jpe?g|png|gif|hei[cf]|webp|avif|tiff?|bmp)$", re.IGNORECASE)
# xl/comments1.xml has its authors as elements.
TEXT_OF = {"author"}
CHANGES = {"ins", "del", "moveFrom", "moveTo"}
COMMENTS = {"comment", "cm", "threadedComment"}
WORD = "wordprocessingml"


def clean_text(part: bytes, remarks: dict[str, Remark]) -> bytes:
    """*part* with nobody's name on its marks. What stays to be read is added to *remarks*."""
    root = markup.parsed(part)
    for element in list(root.iter()):
        tag = markup.local(element.tag)
        if tag in DROPPED:
            markup.remove(element)
            continue
        _clean_attributes(element, tag)
        if tag in TEXT_OF and element.text and element.text.strip():
            element.text = SOMEBODY
        _remark(tag, element, remarks)
    return markup.written(root)


def _clean_attributes(element: Any, tag: str) -> None:
    for key in list(element.attrib):
        attribute = markup.local(key)
        if REVISION_IDS.match(attribute):
            del element.attrib[key]
        elif tag in PEOPLE and attribute in NAMES:
            element.attrib[key] = NAMES[attribute]
        elif tag in PEOPLE and attribute in GONE:
            del element.attrib[key]
        elif tag in {"cmAuthor", "author"} and attribute == "name":
            element.attrib[key] = SOMEBODY
        elif tag in PICTURES and attribute in ("name", "descr", "title") and FILE.search(element.attrib[key]):
            element.attrib[key] = "Image" if attribute == "name" else ""


def _remark(tag: str, element: Any, remarks: dict[str, Remark]) -> None:
    in_word = WORD in markup.space(element.tag)
    if tag in CHANGES and in_word:
        remarks["changes_stay"] = Remark("changes_stay")
    elif tag in COMMENTS:
        remarks["comments_stay"] = Remark("comments_stay")
    elif _hides(tag, element, in_word):
        remarks["hidden_stays"] = Remark("hidden_stays")
    elif tag == "notes" and "presentation" in markup.space(element.tag):
        remarks["speaker_notes_stay"] = Remark("speaker_notes_stay")


def _hides(tag: str, element: Any, in_word: bool) -> bool:
    """Whether *element* keeps a passage, a sheet or a slide from the eyes, and not from the file."""
    if tag == "sheet":
        return element.get("state") in ("hidden", "veryHidden")
    return (tag == "vanish" and in_word) or (tag == "sld" and element.get("show") == "0")
