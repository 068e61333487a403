"""Fields of the sheet's form that Django's own widgets do not show well enough."""

from __future__ import annotations

from typing import Any

from django.forms import Select


class GroupedByTheme(Select):
    """Sub-themes under the name of their theme: seventy in one list are read by nobody."""

    def optgroups(self, name: str, value: list[Any], attrs: Any = None) -> list[Any]:
        """The options in one group a theme, in the order of the closed lists."""
        everything: Any = self.choices
        self.choices = self._grouped(everything)
        try:
            return super().optgroups(name, value, attrs)
        finally:
            self.choices = everything

    @staticmethod
    def _grouped(choices: Any) -> list[tuple[Any, Any]]:
        """*choices* (Django's iterator over the sub-themes) as an empty one and a list for each theme."""
        by_theme: dict[str, list[tuple[Any, str]]] = {}
        for subtheme in choices.queryset.select_related("theme").order_by("theme__order", "sort_order"):
            option = (choices.field.prepare_value(subtheme), choices.field.label_from_instance(subtheme))
            by_theme.setdefault(str(subtheme.theme), []).append(option)
        return [("", choices.field.empty_label), *by_theme.items()]
