"""Taking the demonstration away, and nothing else."""

from __future__ import annotations

from django.db.models import Q
from taggit.models import Tag
from wagtail.models import Collection, Page

from blog.models import BlogPostPage
from home.checks import DEMO_DOMAIN
from home.models import Author, Document, HomePage, Image, Mission, Organisation, Session, StandardPage, User
from practices.models import CollectionPage, PracticePage, TerritoryPage
from site_ocu.demo.bulk import BULK_PREFIX
from site_ocu.demo.images import COLLECTION
from site_ocu.demo.legal import clear_settings
from site_ocu.demo.texts import read, read_folder


def remove_demo() -> None:
    """Delete demonstration pages, and those that its accounts wrote; then people, files and texts around them.

    A territory stays when somebody else's sheet or post hangs on it.
    """
    reviews = read("reviews")
    _delete_pages(CollectionPage, read_folder("collections"))
    _delete_pages(BlogPostPage, [*read_folder("posts"), *reviews["posts"]])
    _delete_pages(PracticePage, [*read_folder("practices"), *reviews["sheets"]])
    _delete_pages(StandardPage, read("pages")["pages"])
    used = Q(practices__isnull=False) | Q(posts__isnull=False)
    kept = set(TerritoryPage.objects.filter(used).values_list("slug", flat=True))
    _delete_pages(TerritoryPage, [entry for entry in read_folder("territories") if entry["slug"] not in kept])
    _remove_people()
    for model in (Image, Document):
        for file in model.objects.filter(
            Q(collection__name=COLLECTION) | Q(uploaded_by_user__email__endswith=DEMO_DOMAIN)
        ):
            file.delete()
    for collection in Collection.objects.filter(name=COLLECTION):
        collection.delete()
    User.objects.filter(email__endswith=DEMO_DOMAIN).delete()
    Tag.objects.filter(practices_practicetag_items=None, blog_blogposttag_items=None).delete()
    _empty_home()
    clear_settings()


def _delete_pages(model: type[Page], entries: list[dict[str, str]]) -> None:
    slugs = [entry["slug"] for entry in entries]
    ours = Q(slug__in=slugs) | Q(slug__startswith=BULK_PREFIX) | Q(owner__email__endswith=DEMO_DOMAIN)
    for page in Page.objects.filter(pk__in=model.objects.filter(ours).values("pk")):
        page.delete()


def _remove_people() -> None:
    people = read("people")
    Mission.objects.filter(author__slug__in=[row["slug"] for row in people["authors"]]).delete()
    Author.objects.filter(slug__in=[row["slug"] for row in people["authors"]]).delete()
    Organisation.objects.filter(
        slug__in=[row["slug"] for row in people["organisations"]], missions=None
    ).delete()
    numbers = [row["number"] for row in [*people["sessions"], people["current_session"]]]
    Session.objects.filter(number__in=numbers, missions=None).delete()


def _empty_home() -> None:
    page, entry = HomePage.objects.get(), read("pages")["home"]
    if page.introduction == entry["introduction"]:
        page.introduction = page.welcome = ""
        page.save_revision().publish()
