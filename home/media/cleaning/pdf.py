"""PDF: rewritten by qpdf, with its text, tags, forms and links, without what it says of people and what it would do.

Rewriting leaves behind earlier versions, whatever no page leads to, and what stands before or behind the PDF.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from contextlib import suppress
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from home.media.cleaning import image, limits, pdf_streams
from home.media.cleaning.answers import Cleaned, Refused, Remark
from home.media.cleaning.disguise import is_archive
from home.media.cleaning.kinds import Kind

# Where a link may lead, and what a button may do. Whatever else an action does, it does to the reader's machine.
ACTIONS = {"/GoTo", "/URI", "/Named", "/ResetForm"}
SCHEMES = re.compile(rb"(?:https?|mailto|tel):|[^:]*$", re.IGNORECASE)
# What says who, when and with which program; what is attached; what runs by itself.
EVERYWHERE = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/AF", "/CreatorInfo", "/Thumb")
CATALOGUE = (
    "/OpenAction",
    "/Collection",
    "/Perms",
    "/Legal",
    "/DSS",
    "/SpiderInfo",
    "/Requirements",
    "/Threads",
)
SCRIPT = ("/JS", "/Win", "/Mac", "/Unix")
OUTSIDE = {"/Launch", "/GoToR", "/GoToE", "/ImportData", "/SubmitForm", "/Movie", "/Rendition", "/Sound"}
ATTACHMENTS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
AUTHOR_OF_NOTE = ("/T", "/M", "/CreationDate", "/NM", "/RC", "/Subj")
NOTES = {
    "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline",
    "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/Popup", "/Redact",
}  # fmt: skip


def clean(data: bytes) -> Cleaned:
    """*data* without author, history, attachments and scripts. Raises ``Refused`` for a locked or a signed one."""
    remarks: list[Remark] = []
    try:
        with Pdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            _refuse_what_would_break(pdf)
            pdf_streams.check(pdf)
            said = _said_of_itself(pdf)
            _clean_catalogue(pdf, remarks)
            _clean_pages(pdf, remarks)
            for item in pdf.objects:
                _clean_object(item)
            _say_again(pdf, said, remarks)
            cleaned = _saved(pdf)
        with Pdf.open(io.BytesIO(cleaned)) as pdf:
            cleaned = _saved(pdf)  # written once more, for cleaning a clean file to change nothing
    except pikepdf.PasswordError as error:
        raise Refused("locked_pdf") from error
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        KeyError,
        RecursionError,
        struct.error,
        zlib.error,
    ) as error:
        raise Refused("unreadable_pdf") from error
    if is_archive(cleaned):
        raise Refused("polyglot")
    return Cleaned(cleaned, "pdf", tuple({remark.code: remark for remark in remarks}.values()))


def _refuse_what_would_break(pdf: Pdf) -> None:
    if pdf.is_encrypted:
        raise Refused("locked_pdf")
    if len(pdf.objects) > limits.PDF_OBJECTS:
        raise Refused("bomb")
    if not len(pdf.pages):
        raise Refused("unreadable_pdf")
    if any(isinstance(item, Dictionary) and _is_signature(item) for item in pdf.objects):
        raise Refused("signed")


def _is_signature(item: Any) -> bool:
    return "/ByteRange" in item or (item.get("/FT") == Name.Sig and "/V" in item)


def _said_of_itself(pdf: Pdf) -> dict[str, str]:
    """The title and the standard of a PDF that screen readers can read: PDF/UA demands both."""
    marked = pdf.Root.get("/MarkInfo")
    if not isinstance(marked, Dictionary) or not marked.get("/Marked", False):
        return {}
    info = pdf.trailer.get("/Info")
    said = {"dc:title": str(info.get("/Title", ""))} if isinstance(info, Dictionary) else {}
    with suppress(pikepdf.PdfError, ValueError, TypeError, SyntaxError):
        written = pdf.open_metadata()
        said |= {key: str(written[key]) for key in ("dc:title", "pdfuaid:part") if key in written}
    return {key: value.strip() for key, value in said.items() if value.strip()}


def _clean_catalogue(pdf: Pdf, remarks: list[Remark]) -> None:
    root = pdf.Root
    for key in ("/Info", "/ID"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    _drop(root, CATALOGUE)
    names = root.get("/Names")
    if isinstance(names, Dictionary):
        if "/EmbeddedFiles" in names:
            remarks.append(Remark("attachments_dropped"))
        _drop(names, ("/EmbeddedFiles", "/JavaScript", "/Renditions", "/AlternatePresentations"))
    form = root.get("/AcroForm")
    if isinstance(form, Dictionary):
        _drop(form, ("/XFA",))
        if len(form.get("/Fields", Array())):
            remarks.append(Remark("form_stays"))


def _clean_pages(pdf: Pdf, remarks: list[Remark]) -> None:
    notes = 0
    for page in pdf.pages:
        found = page.obj.get("/Annots")
        if not isinstance(found, Array):
            continue
        kept = [
            note
            for note in found
            if isinstance(note, Dictionary) and str(note.get("/Subtype")) not in ATTACHMENTS
        ]
        if len(kept) < len(found):
            remarks.append(Remark("attachments_dropped"))
        page.obj.Annots = Array(kept)
        for note in kept:
            if str(note.get("/Subtype")) in NOTES:
                _drop(note, AUTHOR_OF_NOTE)
                notes += bool(str(note.get("/Contents", "")).strip())
    if notes:
        remarks.append(Remark("notes_stay", {"count": notes}))


def _clean_object(item: Any) -> None:
    """Clean one object and what stands directly in it; what it refers to is an object of its own."""
    waiting = [item]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Stream):
            _clean_stream(part)
        if isinstance(part, Dictionary | Stream):
            _clean_dictionary(part)
            waiting += [value for value in part.values() if _is_inside(value)]
        elif isinstance(part, Array):
            waiting += [value for value in part if _is_inside(value)]


def _is_inside(value: Any) -> bool:
    return isinstance(value, Dictionary | Array) and not value.is_indirect


def _clean_dictionary(part: Any) -> None:
    _drop(part, EVERYWHERE)
    for key in ("/A", "/PA", "/Next"):
        if key in part and not all(_is_harmless(action) for action in _actions(part[key])):
            del part[key]
    if "/S" in part:
        _drop(part, SCRIPT)
        if str(part["/S"]) in OUTSIDE:
            _drop(part, ("/F",))


def _actions(value: Any) -> list[Any]:
    found = list(value) if isinstance(value, Array) else [value]
    return [action for action in found if isinstance(action, Dictionary)]


def _is_harmless(action: Any) -> bool:
    """Whether *action* only moves in the PDF or opens a page. What isn't an action has no such key « S »."""
    kind = str(action.get("/S", ""))
    if kind == "/URI":
        return bool(SCHEMES.match(bytes(action.get("/URI", pikepdf.String("")))))
    return not kind or kind in ACTIONS


def _clean_stream(stream: Any) -> None:
    """Photos in a PDF are JPEG files like others."""
    filters = stream.get("/Filter")
    last = filters[-1] if isinstance(filters, Array) and len(filters) else filters
    if stream.get("/Subtype") != Name.Image or filters is None:
        return
    if last == Name.JPXDecode:
        stream.write(pdf_streams.stripped_jpx(pdf_streams.raw(stream)), filter=Name.JPXDecode)
    elif last == Name.DCTDecode:
        parameters = stream.get("/DecodeParms")
        photo = pdf_streams.raw(stream)
        if not photo.startswith(b"\xff\xd8"):
            raise ValueError("no JPEG")
        cleaned = image.clean(photo, Kind.JPEG, turn=False).data
        last_parameters = parameters[-1] if isinstance(parameters, Array) and len(parameters) else parameters
        stream.write(cleaned, filter=Name.DCTDecode, decode_parms=last_parameters)


def _say_again(pdf: Pdf, said: dict[str, str], remarks: list[Remark]) -> None:
    """The language is in the catalogue, and stays there."""
    if not said:
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as written:
        for key, value in said.items():
            written[key] = value
    if title := said.get("dc:title"):
        remarks.append(Remark("title_stays", {"title": title}))


def _saved(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out,
        static_id=True,  # the same in every file: it names none, and cleaning twice changes nothing
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        linearize=False,
        fix_metadata_version=False,
    )
    return out.getvalue()


def _drop(part: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in part:
            del part[key]
