"""The form with which a page is written."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import Select
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from home.media.blocked import refusal_to_publish
from home.moderation.completeness import wordless_fields
from home.moderation.permissions import is_editor
from home.moderation.scanner import Finding, findings
from home.moderation.scanner.warning import unseen, warning
from home.pages.rows import drop_repeated, permit_untouched

SIGNATURE_HELP = _("Vide : votre propre signature.")


class ModeratedPageForm(WagtailAdminPageForm):
    """Offers a volunteer the territories of their missions, and signs what nobody signed."""

    # What the scanner found in what was sent; nothing before it is submitted or published.
    found: list[Finding] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "territory" in self.fields:
            self._narrow_territories()

    def _narrow_territories(self) -> None:
        """Keep the territories that the person writes for, and the one already chosen."""
        user = self.for_user
        if user is None or is_editor(user, self.parent_page):
            return
        field = self.fields["territory"]
        allowed = user.territory_ids() | {self.instance.territory_id}
        field.queryset = field.queryset.filter(pk__in=allowed - {None})
        field.widget = Select(choices=field.choices)  # a few names: a list is shorter than a chooser
        if not self.instance.pk and field.queryset.count() == 1:
            self.initial["territory"] = field.queryset.get().pk

    def defer_required_fields(self) -> None:
        """A draft may be saved with rows that nobody has begun: the editor opens one of each that is asked for."""
        super().defer_required_fields()
        for formset in self.formsets.values():
            permit_untouched(formset)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation:
            for name in wordless_fields(self.instance, cleaned):
                self.add_error(name, _("Champ requis : il n’y a pas encore de texte."))
        return cleaned

    def _post_clean(self) -> None:
        """Refuse an image that keeps the page from being published, and quote what may lead to a person.

        Asked here, where the page has its new values.
        """
        super()._post_clean()
        if self.is_deferred_validation or "action-cancel-workflow" in self.data:
            return
        if reason := refusal_to_publish(self.instance):
            self.add_error(None, reason)
        self._warn_of_passages()

    def _warn_of_passages(self) -> None:
        """Quote once what may lead to a person. Whoever presses the same button again means it."""
        if self.data.get("workflow-action-name") == "reject":
            return
        self.found = findings(self.instance, rows=self._rows(), tags=self.cleaned_data.get("tags"))
        if fresh := unseen(self.found, self.data):
            self.add_error(None, [ValidationError(sentence) for sentence in warning(fresh)])

    def _rows(self) -> dict[str, list[Model]]:
        """The rows that the page would have."""
        written = [formset for name, formset in self.formsets.items() if name != "comments"]
        for formset in written:
            formset.is_valid()  # rows are checked after the page; asking for it now has them read
        return {
            formset.rel_name: [row.instance for row in formset.forms if not formset._should_delete_form(row)]
            for formset in written
        }

    def save(self, commit: bool = True) -> Page:
        page: Page = super().save(commit=False)
        for formset in self.formsets.values():
            drop_repeated(page, formset)
        author = self.for_user.author() if self.for_user else None
        if author and "author_links" in self.formsets and not page.author_links.exists():
            page.author_links.add(page.author_links.model(author=author))
        if commit:
            page.save()
        return page
