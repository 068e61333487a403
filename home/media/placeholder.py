"""What stands where an image is withheld: a neutral drawing, with no word about who or what was to be seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

DRAWING = "img/image-retiree.svg"


@dataclass(frozen=True)
class Placeholder:
    """Answers what Wagtail's tags, formats and API ask of a rendition. It is neither stored nor served as a file."""

    image: Any
    filter_spec: str
    width: int
    height: int

    @property
    def url(self) -> str:
        return static(DRAWING)

    @property
    def full_url(self) -> str:
        return f"{settings.WAGTAILADMIN_BASE_URL}{self.url}" if self.url.startswith("/") else self.url

    @property
    def alt(self) -> str:
        return gettext("Image retirée")

    @property
    def attrs_dict(self) -> dict[str, Any]:
        return {"src": self.url, "width": self.width, "height": self.height, "alt": self.alt}

    @property
    def attrs(self) -> SafeString:
        return flatatt(self.attrs_dict)

    @property
    def background_position_style(self) -> str:
        return "background-position: 50% 50%;"

    def img_tag(self, extra_attributes: dict[str, Any] | None = None) -> SafeString:
        """The ``<img>``. A text for it may name somebody: only the empty one, of a decoration, is kept."""
        extra = dict(extra_attributes or {})
        if extra.get("alt") != "":
            extra["alt"] = self.alt
        return format_html("<img{}>", flatatt({**self.attrs_dict, **extra}))

    def __html__(self) -> SafeString:
        return self.img_tag()
