"""Documents as people send them, and as attackers craft them; see ``crafted`` for pictures."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.media.crafted import MARK, XMP, archive, photo

# PDF ---------------------------------------------------------------------------------------------------------------


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def unpacked_pdf(data: bytes) -> bytes:
    """*data* with nothing compressed, to look for words in it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return saved(
            pdf,
            qdf=True,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )


def report(tagged: bool = True) -> pikepdf.Pdf:
    """A page with a text, a photo, a link, a form field, a note; and everything that a PDF can say and do beside."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    page = pdf.pages[0]
    page.Resources = Dictionary(
        XObject=Dictionary(Photo=_photo_of(pdf)),
        Font=Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)),
    )
    maker = Dictionary(CreatorInfo=Dictionary(Creator=String(MARK)))
    page.Resources.Properties = Dictionary(Layer=Dictionary(Type=Name.OCG, Name=String("Fond"), Usage=maker))
    page.Contents = Stream(pdf, b"/P <</MCID 0>> BDC BT /F 12 Tf 10 100 Td (Bonjour) Tj ET EMC /Photo Do")
    page.Annots = Array([pdf.make_indirect(note) for note in _annotations(pdf)])
    page.PieceInfo = Dictionary(App=Dictionary(Private=MARK))
    pdf.Root.Lang = String("fr")
    if tagged:
        pdf.Root.MarkInfo = Dictionary(Marked=True)
    layout = Dictionary(O=Name.Layout, Placement=Name.Block)
    tree = Dictionary(Type=Name.StructTreeRoot, K=Dictionary(S=Name.P, K=0, A=layout))
    pdf.Root.StructTreeRoot = pdf.make_indirect(tree)
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{MARK}')"))
    pdf.Root.AcroForm = Dictionary(Fields=Array([page.Annots[1]]), XFA=String(MARK))
    pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, MARK.encode(), filename="a.txt")
    with pdf.open_metadata() as said:
        said["dc:title"] = "Rapport de mission"
        said["dc:creator"] = [MARK]
        said["pdfuaid:part"] = "1"
    pdf.docinfo["/Author"] = pdf.docinfo["/Producer"] = pdf.docinfo["/Company"] = String(MARK)
    return pdf


def _photo_of(pdf: pikepdf.Pdf) -> Stream:
    stream = Stream(pdf, photo("JPEG", appended=MARK.encode()))
    stream.Type, stream.Subtype, stream.Filter = Name.XObject, Name.Image, Name.DCTDecode
    stream.Width, stream.Height, stream.ColorSpace, stream.BitsPerComponent = 64, 48, Name.DeviceRGB, 8
    stream.Metadata = Stream(pdf, XMP)
    return stream


def _annotations(pdf: pikepdf.Pdf) -> list[Dictionary]:
    def annotation(kind: str, **values: Any) -> Dictionary:
        return Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=[0, 0, 9, 9], **values)

    def link(**action: Any) -> Dictionary:
        return annotation("/Link", A=Dictionary(**action))

    script = Dictionary(S=Name.JavaScript, JS=String(MARK))
    return [
        annotation("/Text", T=String(MARK), Contents=String("À vérifier")),
        annotation("/Widget", FT=Name.Tx, T=String("prenom"), V=String("Paul"), AA=Dictionary(K=script)),
        link(S=Name.URI, URI=String("https://exemple.org/")),
        link(S=Name.URI, URI=String(f"javascript:{MARK}")),
        link(S=Name.Launch, F=String(MARK)),
        annotation("/FileAttachment", FS=pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String(MARK)))),
    ]


def revised_pdf() -> bytes:
    """A PDF of which an update has replaced the text; what stood there before is still in the file."""
    first = pdf_with_stream(f"% {MARK}".encode())
    number = int(first[: first.index(MARK.encode())].rpartition(b" 0 obj")[0].split()[-1])
    update = f"{number} 0 obj\n<< /Length 3 >>\nstream\nq Q\nendstream\nendobj\n".encode()
    table = f"xref\n{number} 1\n{len(first):010} 00000 n \n".encode()
    trailer = first[first.rindex(b"trailer") : first.rindex(b"startxref")]
    before = int(first[first.rindex(b"startxref") :].split()[1])
    trailer = trailer.replace(b"<<", f"<< /Prev {before}".encode(), 1)
    return first + update + table + trailer + f"startxref\n{len(first) + len(update)}\n%%EOF\n".encode()


def pdf_with_stream(data: bytes, **values: Any) -> bytes:
    """One page whose content is *data* as it is, behind the filters given."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    stream = Stream(pdf, b"")
    stream.write(data, **values)
    pdf.pages[0].Contents = stream
    return saved(pdf, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)


# Office ------------------------------------------------------------------------------------------------------------

OFFICE = "application/vnd.openxmlformats-officedocument."
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def relations(*entries: tuple[str, str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{RELATION}/{kind}" Target="{target}"{mode}/>'
        for number, (kind, target, mode) in enumerate(entries)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def docx(**more: bytes | str) -> bytes:
    """A text with a photo, a tracked change, a comment, a template on somebody's disk.

    *more* are further parts, « __ » for « / ».
    """
    outside = ' TargetMode="External"'
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpg" ContentType="image/jpeg"/>'
        f'<Override PartName="/word/document.xml" ContentType="{OFFICE}wordprocessingml.document.main+xml"/>'
        f'<Override PartName="/docProps/app.xml" ContentType="{OFFICE}extended-properties+xml"/></Types>',
        "_rels/.rels": relations(
            ("officeDocument", "word/document.xml", ""), ("extended-properties", "docProps/app.xml", "")
        ),
        "docProps/app.xml": f"<Properties><Company>{MARK}</Company></Properties>",
        "docProps/core.xml": f"<coreProperties><creator>{MARK}</creator></coreProperties>",
        "docProps/custom.xml": f"<Properties>{MARK}</Properties>",
        "docProps/thumbnail.jpeg": photo("JPEG"),
        "word/people.xml": f"<people>{MARK}</people>",
        "word/_rels/document.xml.rels": relations(
            ("image", "media/image1.jpg", ""), ("comments", "comments.xml", ""), ("people", "people.xml", ""),
            ("hyperlink", "https://exemple.org/", outside), ("hyperlink", f"file:///C:/{MARK}/a.docx", outside),
            ("image", f"https://pisteur.invalid/{MARK}.png", outside),
        ),
        "word/media/image1.jpg": photo("JPEG"),
        "word/settings.xml": f'<w:settings xmlns:w="{WORD}" xmlns:r="{RELATION}"><w:attachedTemplate r:id="r0"/>'
        '<w:rsids><w:rsid w:val="00AB12CD"/></w:rsids></w:settings>',
        "word/_rels/settings.xml.rels": relations(("attachedTemplate", f"file:///C:/{MARK}/x.dotm", outside)),
        "word/comments.xml": f'<w:comments xmlns:w="{WORD}"><w:comment w:id="0" w:author="{MARK}" w:initials="{MARK}" '
        'w:date="2021-01-01T00:00:00Z"><w:p><w:r><w:t>À vérifier</w:t></w:r></w:p></w:comment></w:comments>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"><w:body>'
        f'<w:p w:rsidR="00AB12CD"><w:r><w:t>Bonjour</w:t></w:r>'
        f'<w:ins w:id="1" w:author="{MARK}" w:date="2021-01-01T00:00:00Z">'
        "<w:r><w:t>ajout</w:t></w:r></w:ins></w:p>"
        f'<docPr id="1" name="{MARK}.jpg" descr="C:\\Users\\{MARK}\\a.jpg"/>'
        '<docPr id="2" name="Image 2" descr="Une salle"/>'
        "</w:body></w:document>",
    }  # fmt: skip
    return archive(parts | {name.replace("__", "/"): part for name, part in more.items()})


def odt(**more: bytes | str) -> bytes:
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    listed = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type=""/>'
        for path in ("/", "content.xml", "meta.xml", "Thumbnails/thumbnail.png", "Pictures/a.jpg")
    )
    parts: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{manifest}">{listed}</m:manifest>',
        "meta.xml": f"<office:document-meta {spaces}><dc:creator>{MARK}</dc:creator></office:document-meta>",
        "settings.xml": f'<office:document-settings {spaces}><config:config-item config:name="PrinterName">{MARK}'
        "</config:config-item></office:document-settings>",
        "Thumbnails/thumbnail.png": photo("PNG"),
        "Pictures/a.jpg": photo("JPEG"),
        "content.xml": f"<office:document-content {spaces}><office:body><office:text><text:p>Bonjour"
        f"<office:annotation><dc:creator>{MARK}</dc:creator><dc:date>2021</dc:date><text:p>À vérifier</text:p>"
        f'</office:annotation></text:p><text:a xlink:href="file:///home/{MARK}/x.odt">ici</text:a>'
        "</office:text></office:body></office:document-content>",
    }
    return archive(parts | {name.replace("__", "/"): part for name, part in more.items()})
