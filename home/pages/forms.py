"""The form with which a page is written."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page


SIGNATURE_HELP = _("Vide : votre propre signature.")


class ModeratedPageForm(WagtailAdminPageForm):
    """Offers a volunteer the territories of their missions, and signs what nobody signed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "territory" in self.fields:
            self._narrow_territories()

    def _narrow_territories(self) -> None:
        """Keep the territories that the person writes for, and the one already chosen."""
        user = self.for_user
        if user is None or writes_everywhere(user, self.parent_page):
            return
        field = self.fields["territory"]
        allowed = user.territory_ids() | {self.instance.territory_id}
        field.queryset = field.queryset.filter(pk__in=allowed - {None})
        if not self.instance.pk and field.queryset.count() == 1:
            self.initial.setdefault("territory", field.queryset.get().pk)


    def save(self, commit: bool = True) -> Page:
        page: Page = super().save(commit=False)
        author = self.for_user.author() if self.for_user else None
        if author and "author_links" in self.formsets and not page.author_links.exists():
            page.author_links.add(page.author_links.model(author=author))
        if commit:
            page.save()
        return page


def writes_everywhere(user: Any, parent_page: Page | None) -> bool:
    """Whether *user* may change everybody's pages under *parent_page*: moderators and administrators."""
    if user.is_superuser:
        return True
    return parent_page is not None and "change" in parent_page.permissions_for_user(user).permissions
