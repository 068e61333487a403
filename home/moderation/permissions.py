"""What each role may do with a page: DESIGN §6, on top of Wagtail's own tester.

=====================  =============  ================  ===============  ===================
                       volontaire     référent·e        modérateur·rice  administrateur·rice
=====================  =============  ================  ===============  ===================
create posts, sheets   own territory  own territory     yes              yes
edit                   own; territory own; territory    all              all
publish unreviewed     no             no                no               yes (logged)
take down              no             no                yes              yes
approve                never          « regard »        « relecture »    yes
=====================  =============  ================  ===============  ===================

Rights on the tree come from the groups (``home.moderation.roles``); this module narrows them to a territory.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, PagePermissionTester
from wagtail.permissions import page_permission_policy

from home.moderation.scope import territory_id

EDITORS_ALONE = "lock"  # the permission on pages that moderators and administrators hold, and nobody else


def is_editor(user: Any, page: Page | None = None) -> bool:
    """Whether *user* looks after everybody's texts, on *page* or (without a page) anywhere on the site."""
    if page is None or not page.path:
        return bool(page_permission_policy.user_has_permission(user, EDITORS_ALONE))
    return bool(page_permission_policy.user_has_permission_for_instance(user, EDITORS_ALONE, page))


class TerritoryPermissionTester(PagePermissionTester):
    """Narrows the right to edit a territory's page to the territories of the person's missions."""

    def can_edit(self) -> bool:
        allowed = bool(super().can_edit())
        if not allowed or not self.page.pk or is_editor(self.user, self.page):
            return allowed
        return self._is_own() or self._is_own_territory_page()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        allowed = bool(super().can_delete(ignore_bulk)) and self._is_own_or_edited()
        # A right of reply goes with its page: that is not for the author to decide.
        return allowed and (is_editor(self.user, self.page) or not self.page.replies.exists())

    def can_copy(self) -> bool:
        return bool(super().can_copy()) and self._is_own_or_edited()

    def can_unpublish(self) -> bool:
        """Taking down is for moderators too, who can't publish: what harms somebody must go fast."""
        if super().can_unpublish():
            return True
        live = bool(self.page.live) and not self.page_is_root and not self.page_locked()
        return bool(self.user.is_active) and live and is_editor(self.user, self.page)

    def can_submit_for_moderation(self) -> bool:
        return bool(super().can_submit_for_moderation()) and self.can_edit()

    def can_view_revisions(self) -> bool:
        """The history holds earlier texts: it belongs to those who may open the text."""
        return bool(super().can_view_revisions()) and self.can_edit()

    def _is_own_or_edited(self) -> bool:
        return self._is_own() or is_editor(self.user, self.page)

    def _is_own(self) -> bool:
        return bool(self.page.owner_id == self.user.pk)

    def _is_own_territory_page(self) -> bool:
        return territory_id(self.page) == self.page.pk and self.page.pk in self.user.territory_ids()
