"""The models of the library, each kept where its noun lives."""

from practices.alerts.alert import Alert
from practices.collections import CollectionIndexPage, CollectionPage
from practices.freshness.checks import SheetCheck
from practices.freshness.links import LinkCheck
from practices.freshness.reminders import CheckReminder
from practices.practice_parts import (
    PracticeActor,
    PracticeAuthor,
    PracticeBuildingBlock,
    PracticeDocument,
    PracticePublic,
    PracticeResult,
    PracticeSource,
    PracticeTag,
    PracticeTheme,
    PracticeTransfer,
)
from practices.proposals.proposal import Proposal
from practices.sheets import PracticeIndexPage, PracticePage
from practices.taxonomy import ActorType, PracticeType, Public, SubTheme, Theme
from practices.territories import (
    Engagement,
    TerritoryFigure,
    TerritoryIndexPage,
    TerritoryPage,
    TerritoryPartner,
)

__all__ = [
    "ActorType",
    "Alert",
    "CheckReminder",
    "CollectionIndexPage",
    "CollectionPage",
    "Engagement",
    "LinkCheck",
    "PracticeActor",
    "PracticeAuthor",
    "PracticeBuildingBlock",
    "PracticeDocument",
    "PracticeIndexPage",
    "PracticePage",
    "PracticePublic",
    "PracticeResult",
    "PracticeSource",
    "PracticeTag",
    "PracticeTheme",
    "PracticeTransfer",
    "PracticeType",
    "Proposal",
    "Public",
    "SheetCheck",
    "SubTheme",
    "TerritoryFigure",
    "TerritoryIndexPage",
    "TerritoryPage",
    "TerritoryPartner",
    "Theme",
]
