"""The models of this package, each kept where its noun lives."""

from home.media.models import Document, Image, Rendition
from home.moderation.models import EditorialReviewTask, ModerationSettings, TerritoryReviewTask
from home.pages.models import HomePage, HomePageHighlight, LegalSettings, StandardPage
from home.people.models import Author, Mission, Organisation, Session, User

__all__ = [
    "Author",
    "Document",
    "EditorialReviewTask",
    "HomePage",
    "HomePageHighlight",
    "Image",
    "LegalSettings",
    "Mission",
    "ModerationSettings",
    "Organisation",
    "Rendition",
    "Session",
    "StandardPage",
    "TerritoryReviewTask",
    "User",
]
