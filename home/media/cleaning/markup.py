"""The XML inside office documents: read without its traps, written as it was."""

from __future__ import annotations

from typing import Any

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException
from lxml import etree

from home.media.cleaning.answers import Refused

DEPTH = 200


def parsed(part: bytes) -> Any:
    """The root element. Raises ``Refused`` for XML that defines entities or refers to anything outside of itself.

    defusedxml decides whether it may be read; lxml reads it, because it alone writes prefixes as they were, which
    Word depends on.
    """
    try:
        defusedxml.ElementTree.fromstring(part, forbid_dtd=True)
        reader = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=False
        )
        return etree.fromstring(part, reader)
    except (DefusedXmlException, etree.XMLSyntaxError, SyntaxError, ValueError, RecursionError) as error:
        raise Refused("unreadable_document") from error


def written(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def local(name: Any) -> str:
    """« {http://…}author » is « author »; comments and instructions have no name."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def space(name: Any) -> str:
    return name[1:].partition("}")[0] if isinstance(name, str) and name.startswith("{") else ""


def remove(element: Any) -> None:
    """Take *element* out; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
