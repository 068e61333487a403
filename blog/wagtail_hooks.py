"""What the blog adds to pages below it: its posts on the home page, on a territory, on a sheet."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from blog.models import BlogIndexPage, BlogPostPage
from home.pages.sections import HOOK as HOME_HOOK
from home.pages.sections import PageSection
from practices.models import PracticePage, TerritoryPage
from practices.pdf.dossier import HOOK as DOSSIER_HOOK
from practices.pdf.parts import Part, chapter, page_part
from practices.sheet_context import HOOK as PRACTICE_HOOK
from practices.territory_listing import HOOK as TERRITORY_HOOK

LATEST = 3
ON_TERRITORY = 6
ON_SHEET = 4
IN_DOSSIER = 12


@hooks.register(HOME_HOOK)
def latest_posts(request: HttpRequest) -> PageSection:
    posts = BlogPostPage.objects.published().for_cards().newest_first()[:LATEST]
    index = BlogIndexPage.objects.live().public().first()
    return PageSection("blog/sections/latest_posts.html", order=35, context={"posts": posts, "index": index})


@hooks.register(TERRITORY_HOOK)
def posts_of_territory(territory: TerritoryPage, request: HttpRequest) -> PageSection:
    """The newest posts of the territory; the section leads to all of them."""
    posts = BlogPostPage.objects.published().for_cards().newest_first().filter(territory=territory)
    context = {
        "posts": posts[:ON_TERRITORY],
        "index": BlogIndexPage.objects.live().public().first(),
        "territory": territory,
    }
    return PageSection("blog/sections/territory_posts.html", order=10, context=context)


@hooks.register(PRACTICE_HOOK)
def posts_about_practice(sheet: PracticePage, request: HttpRequest) -> PageSection:
    """The newest posts that name this sheet among their related sheets."""
    posts = (
        BlogPostPage.objects.published().for_cards().newest_first().filter(related_practices__practice=sheet)
    )
    return PageSection("blog/sections/practice_posts.html", order=10, context={"posts": posts[:ON_SHEET]})


@hooks.register(DOSSIER_HOOK)
def posts_in_dossier(territory: TerritoryPage, request: HttpRequest) -> Part | None:
    """The newest posts of the territory, in full."""
    posts = BlogPostPage.objects.published().for_cards().newest_first().filter(territory=territory)
    parts = (page_part(post, request, below=2) for post in posts[:IN_DOSSIER])
    return chapter(_("Billets"), "billets", parts, order=40)
