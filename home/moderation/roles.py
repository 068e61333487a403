"""The roles of DESIGN §6 as groups: who may do what, in one table.

The migration ``blog.0002`` puts this table into the database; ``home.moderation.permissions`` narrows it to
the person's territories. Page permissions name the page type under which they hold.
"""

from __future__ import annotations

from dataclasses import dataclass

VOLUNTEERS = "Volontaires"
REFERENTS = "Référent·es de territoire"
MODERATORS = "Modérateur·rices"
ADMINISTRATORS = "Administrateur·rices"

HOME, BLOG, LIBRARY, TERRITORIES = (
    "home.HomePage",
    "blog.BlogIndexPage",
    "practices.PracticeIndexPage",
    "practices.TerritoryIndexPage",
)
TERRITORY = "practices.TerritoryPage"


@dataclass(frozen=True)
class Role:
    """``pages`` maps a page type to page permissions, ``files`` are permissions on the root collection."""

    group: str
    pages: dict[str, list[str]]
    files: list[str]
    models: dict[str, list[str]]


SEE_AND_ADD_FILES = ["add_image", "choose_image", "add_document", "choose_document"]
KEEP_FILES = [*SEE_AND_ADD_FILES, "change_image", "delete_image", "change_document", "delete_document"]
# « change » on territories means « propose »: without « publish » every change goes through review.
WRITE = {BLOG: ["add"], LIBRARY: ["add"], TERRITORIES: ["change"]}
CLOSED_LISTS = [
    "practices.Theme",
    "practices.Public",
    "practices.ActorType",
    "practices.PracticeType",
    "taggit.Tag",
]
PEOPLE = ["home.Author", "home.Organisation", "home.Session", "home.Mission"]
KEEP = ["add", "change", "delete", "view"]

ROLES = [
    Role(VOLUNTEERS, WRITE, SEE_AND_ADD_FILES, {}),
    Role(REFERENTS, WRITE, SEE_AND_ADD_FILES, {}),
    # No « publish »: with it a moderator could pass over the review (DESIGN §3).
    Role(
        MODERATORS,
        {HOME: ["add", "change", "bulk_delete", "lock", "unlock"]},
        KEEP_FILES,
        dict.fromkeys([*CLOSED_LISTS, *PEOPLE], KEEP),
    ),
    Role(
        ADMINISTRATORS,
        {HOME: ["add", "change", "publish", "bulk_delete", "lock", "unlock"]},
        KEEP_FILES,
        {
            **dict.fromkeys([*CLOSED_LISTS, *PEOPLE, "home.User"], KEEP),
            "home.LegalSettings": ["change"],
            "home.ModerationSettings": ["change"],
            "wagtailredirects.Redirect": KEEP,
        },
    ),
]
