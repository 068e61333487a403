"""The models of this package, each kept where its noun lives."""

from home.audit.entries import AuditEntry
from home.delivery.outbox import WaitingMail
from home.media.models import Document, Image, Rendition
from home.moderation.claims import Claim, Digest
from home.moderation.complaints import ContentReport, RightOfReply
from home.moderation.decisions import Decision
from home.moderation.models import EditorialReviewTask, TerritoryReviewTask
from home.moderation.preferences import ModerationSettings, ReviewQuestion
from home.moderation.shared_drafts import DraftLink, DraftRemark
from home.pages.models import HomePage, HomePageHighlight, LegalSettings, StandardPage
from home.people.models import Author, Invitation, KnownBrowser, Mission, Organisation, Session, User
from home.search.models import Postings, SearchText, Spelling, TermWord

__all__ = [
    "AuditEntry",
    "Author",
    "Claim",
    "ContentReport",
    "Decision",
    "Digest",
    "Document",
    "DraftLink",
    "DraftRemark",
    "EditorialReviewTask",
    "HomePage",
    "HomePageHighlight",
    "Image",
    "Invitation",
    "KnownBrowser",
    "LegalSettings",
    "Mission",
    "ModerationSettings",
    "Organisation",
    "Postings",
    "Rendition",
    "ReviewQuestion",
    "RightOfReply",
    "SearchText",
    "Session",
    "Spelling",
    "StandardPage",
    "TermWord",
    "TerritoryReviewTask",
    "User",
    "WaitingMail",
]
