"""What each role may do with a page: DESIGN §6, on top of Wagtail's own tester.

=====================  =============  ================  ===============  ===================
                       volontaire     référent·e        modérateur·rice  administrateur·rice
=====================  =============  ================  ===============  ===================
create posts, sheets   own territory  own territory     yes              yes
edit                   own; territory own; territory    all              all
publish unreviewed     no             no                no               yes (logged)
approve                never          « regard »        « relecture »    yes
=====================  =============  ================  ===============  ===================

Rights on the tree come from the groups (``home/migrations``); this module narrows them to a territory.
"""

from __future__ import annotations

from wagtail.models import PagePermissionTester

from home.moderation.scope import territory_id


class TerritoryPermissionTester(PagePermissionTester):
    """Narrows the right to edit a territory's page to the territories of the person's missions."""

    def _writes_everywhere(self) -> bool:
        return bool(self.user.is_superuser or "bulk_delete" in getattr(self, "permissions", ()))

    def can_edit(self) -> bool:
        allowed = bool(super().can_edit())
        if not allowed or self._writes_everywhere() or not self.page.pk:
            return allowed
        return self._is_own() or self._is_reviewing() or self._is_own_territory_page()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return bool(super().can_delete(ignore_bulk)) and (self._writes_everywhere() or self._is_own())

    def can_view_revisions(self) -> bool:
        """The history holds earlier texts: it belongs to those who may open the text."""
        return bool(super().can_view_revisions()) and self.can_edit()

    def _is_own(self) -> bool:
        return bool(self.page.owner_id == self.user.pk)

    def _is_reviewing(self) -> bool:
        task = self.page.current_workflow_task
        return bool(task and task.user_can_access_editor(self.page, self.user))

    def _is_own_territory_page(self) -> bool:
        return territory_id(self.page) == self.page.pk and self.page.pk in self.user.territory_ids()
