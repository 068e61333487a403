"""A plain page: « Le projet », « Contribuer »…"""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.blocks import BodyField
from home.pages.base import BasePage
from home.privacy.activities import TEXTS
from home.privacy.register import Kept


class StandardPage(BasePage):
    privacy: ClassVar = Kept(
        TEXTS,
        personal=(
            "introduction",
            "body",
        ),
    )

    body = BodyField(verbose_name=_("texte"), blank=True)

    parent_page_types: ClassVar = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar = ["home.StandardPage"]
    template = "home/standard_page.html"

    class Meta:
        verbose_name = _("page simple")
        verbose_name_plural = _("pages simples")

    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("body")]
