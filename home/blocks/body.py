"""The blocks one may write a page with, in the order of the picker."""

from wagtail.blocks import Block

from home.blocks.prose import (
    CalloutBlock,
    HeadingBlock,
    ParagraphBlock,
    QuoteBlock,
    TestimonyBlock,
    VideoBlock,
)
from home.blocks.references import (
    DocumentsBlock,
    ImageBlock,
    KeyFiguresBlock,
    LinksBlock,
    RelatedPracticesBlock,
)

BODY_BLOCKS: list[tuple[str, Block]] = [
    ("heading", HeadingBlock()),
    ("paragraph", ParagraphBlock()),
    ("image", ImageBlock()),
    ("quote", QuoteBlock()),
    ("testimony", TestimonyBlock()),
    ("key_figures", KeyFiguresBlock()),
    ("callout", CalloutBlock()),
    ("links", LinksBlock()),
    ("documents", DocumentsBlock()),
    ("related_practices", RelatedPracticesBlock()),
    ("video", VideoBlock()),
]
