"""Every address of the admin, found by walking the URL patterns, with objects to fill it.

A view that appears with the next version of Wagtail is walked as well; one that asks for an object that nobody
has named here fails the test, and has to be classified (tests/admin/classification.toml).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from taggit.models import Tag
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, Site, TaskState, UploadedFile, get_default_page_content_type

from blog.models import BlogIndexPage, BlogPostPage
from home.admin.guide import PAGES
from home.models import ContentReport, Document, Image, Invitation, RightOfReply, User
from practices.models import Proposal
from tests import factories
from tests.documents import small_png

# Arguments by which an address names a text, an image or a document.
NAMING = {
    "page_id",
    "page_pk",
    "page_to_move_id",
    "object_id",
    "image_id",
    "document_id",
    "doc_id",
    "revision_id",
}
NAMED_BY_KEY = ("wagtailadmin_api", "wagtailimages_chooser", "wagtaildocs_chooser")


class View(NamedTuple):
    """A pattern of the admin: its full name and the names of its arguments (``None`` for unnamed groups)."""

    name: str
    arguments: tuple[str, ...]
    unnamed: int

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.arguments)})"


def admin_views() -> list[View]:
    """Every named view under /admin/, each form of it once."""
    return sorted({view for _route, view in _admin_routes() if view.name})


def nameless_routes() -> list[str]:
    """The routes under /admin/ that have no name, hence that ``reverse`` can't find."""
    return sorted({route for route, view in _admin_routes() if not view.name})


def _admin_routes() -> list[tuple[str, View]]:
    return [(route, view) for route, view in _walk(get_resolver().url_patterns) if route.startswith("admin/")]


def _walk(
    patterns: list[Any], prefix: str = "", namespaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, View]]:
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inside = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry.url_patterns, route, inside)
        elif isinstance(entry, URLPattern):
            regex: Any = getattr(entry.pattern, "regex", None)
            named = tuple(sorted(entry.pattern.converters or getattr(regex, "groupindex", ())))
            unnamed = 0 if named else getattr(regex, "groups", 0)
            yield route, View(":".join((*namespaces, entry.name)) if entry.name else "", named, unnamed)


def names_a_subject(view: View) -> bool:
    """Whether the address of *view* names a text, an image or a document."""
    by_key = "pk" in view.arguments and view.name.startswith(NAMED_BY_KEY)
    return bool(view.unnamed or by_key or NAMING & set(view.arguments))


Files = tuple[Image, Document]


class Objects:
    """One object of each kind that an address may name, among them *files*: an image and a document."""

    def __init__(self, page: Page, person: User, files: Files | None = None) -> None:
        self.page, self.person = page, person
        self.index = BlogIndexPage.objects.get()
        self.image, self.document = files or (factories.ImageFactory(), factories.DocumentFactory())
        self.named = self._named()

    def address(self, view: View) -> str:
        """The address of *view*; ``KeyError`` for an argument that nobody has named."""
        if view.unnamed:
            return reverse(view.name, args=[self.page.pk, "earliest", "latest"])
        return reverse(
            view.name, kwargs={argument: self._value(view, argument) for argument in view.arguments}
        )

    def _value(self, view: View, argument: str) -> Any:
        if argument == "pk":
            return self._primary_key(view.name)
        if view.name.startswith("wagtailadmin_editing_sessions") or view.name == "wagtail_bulk_action":
            return (
                self.named[f"generic {argument}"]
                if f"generic {argument}" in self.named
                else self.named[argument]
            )
        if view.name.startswith("wagtailsettings"):
            return {"app_name": "home", "model_name": "legalsettings"}[argument]
        if view.name == "wagtailadmin_tag_model_autocomplete":
            return {"app_name": "taggit", "model_name": "tag"}[argument]
        if view.name == "wagtailadmin_workflows:add_task":
            return {"app_label": "home", "model_name": "editorialreviewtask"}[argument]
        return self.named[argument]

    def _primary_key(self, name: str) -> Any:
        namespace = name.rpartition(":")[0]
        if namespace.startswith(("wagtailsnippets_", "wagtailsnippetchoosers_")):
            _prefix, app_label, model = namespace.split("_")
            return apps.get_model(app_label, model).objects.order_by("pk").values_list("pk", flat=True)[0]
        return self.named[f"{namespace} pk"]

    def _named(self) -> dict[str, Any]:
        image, document = self.image, self.document
        mission, site = factories.MissionFactory(), Site.objects.get()
        mission.author.save()
        state, public = self._task_state(), self._public_page()
        if not Tag.objects.exists():
            factories.PracticePageFactory(tags=["port"])
        return {
            "page_id": self.page.pk,
            "page_pk": self.page.pk,
            "parent_page_id": self.index.pk,
            "page_to_move_id": self.page.pk,
            "destination_id": self.index.pk,
            "content_type_app_name": "blog",
            "content_type_model_name": "blogpostpage",
            "app_label": "blog",
            "model_name": "blogpostpage",
            "since": "soumis",
            "role": PAGES[0].slug,
            "generic app_label": "wagtailcore",
            "generic model_name": "page",
            "generic action": "delete",
            "object_id": self.page.pk,
            "session_id": self._editing_session(),
            "action_name": "approve",
            "task_state_id": state.pk,
            "task_id": state.task_id,
            "workflow_state_id": state.workflow_state_id,
            "workflow_pk": state.workflow_state.workflow_id,
            "revision_id": self.page.latest_revision_id,
            "image_id": image.pk,
            "author_id": mission.author.pk,
            "proposal_id": Proposal.objects.create(
                email="elue@exemple.org", content={"title": "Une table"}, handed_over_at=timezone.now()
            ).pk,
            "report_id": ContentReport.objects.create(page=public, kind="mistake", message="Faux").pk,
            "reply_id": RightOfReply.objects.create(page=public, asked_by="Le Relais", text="Non").pk,
            "invitation_id": Invitation.objects.create(user=factories.volunteer(), mission=mission).pk,
            "document_id": document.pk,
            "doc_id": document.pk,
            "uploaded_file_id": self._uploaded_file(),
            "filter_spec": "max-100x100",
            "collection_id": Collection.get_first_root_node().pk,
            "redirect_id": Redirect.objects.get_or_create(old_path="/ancien", redirect_link="/nouveau")[0].pk,
            "token": "set-password",
            "uidb64": "MQ",
            "uidb36": "1",
            "key": "c9k-0123456789",
            " pk": 1,
            "wagtailadmin_api:pages pk": self.page.pk,
            "wagtailadmin_api:images pk": image.pk,
            "wagtailadmin_api:documents pk": document.pk,
            "wagtailadmin_collections pk": self._collection(),
            "wagtailadmin_workflows pk": state.workflow_state.workflow_id,
            "wagtailsettings pk": site.pk,
            "wagtailsites pk": site.pk,
            "wagtailusers_users pk": factories.volunteer().pk,
            "wagtailusers_groups pk": self.person.groups.values_list("pk", flat=True).first() or 1,
            "wagtaildocs_chooser pk": document.pk,
            "wagtailimages_chooser pk": image.pk,
        }

    def _task_state(self) -> TaskState:
        """The step that the page is at, or was at; any other one where it never was submitted."""
        own = TaskState.objects.filter(workflow_state__object_id=str(self.page.pk))
        found: TaskState | None = own.last() or TaskState.objects.last()
        assert found, "no text was ever submitted"
        return found

    def _public_page(self) -> Page:
        """What readers complain of: another page, since a reply keeps its page from being deleted."""
        others = BlogPostPage.objects.live().exclude(pk=self.page.pk)
        return (others.first() or factories.BlogPostPageFactory()).page_ptr

    @staticmethod
    def _collection() -> int:
        root = Collection.get_first_root_node()
        return int((root.get_children().first() or root.add_child(name="Affiches")).pk)

    def _editing_session(self) -> int:
        session = EditingSession.objects.create(
            user=self.person,
            content_type=get_default_page_content_type(),
            object_id=self.page.pk,
            last_seen_at=self.page.latest_revision_created_at,
        )
        return int(session.pk)

    def _uploaded_file(self) -> int:
        return int(
            UploadedFile.objects.create(
                file=SimpleUploadedFile("x.png", small_png()), uploaded_by_user=self.person
            ).pk
        )
