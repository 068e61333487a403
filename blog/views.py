"""An author's posts."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from blog.posts import BlogPostPage
from home.people.models import Author
from practices.models import PracticePage

PER_PAGE = 12


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """The public posts and sheets that *slug* signed; 404 for an author who has published nothing."""
    writer = get_object_or_404(Author.objects.filter(post_links__post__live=True).distinct(), slug=slug)
    posts = BlogPostPage.objects.published().for_cards().newest_first().filter(author_links__author=writer)
    sheets = PracticePage.objects.published().for_cards().newest_first().filter(author_links__author=writer)
    page = Paginator(posts, PER_PAGE).get_page(request.GET.get("page"))
    missions = writer.missions.select_related("session", "territory", "organisation")
    context = {"author": writer, "posts": page, "practices": sheets[:PER_PAGE], "missions": missions}
    return render(request, "blog/author.html", context)
