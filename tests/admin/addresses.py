"""Every address of the admin, found by walking the URL patterns, with objects to fill it.

A view that appears with the next version of Wagtail is walked as well; one that asks for an object that nobody
has named here fails the test, and has to be classified.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, Site, TaskState, UploadedFile, get_default_page_content_type

from blog.models import BlogIndexPage
from home.models import User
from tests import factories


class View(NamedTuple):
    """A pattern of the admin: its full name and the names of its arguments (``None`` for unnamed groups)."""

    name: str
    arguments: tuple[str, ...]
    unnamed: int

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.arguments)})"


def admin_views() -> list[View]:
    """Every named view under /admin/, each form of it once."""
    return sorted(
        {
            view
            for route, view in _walk(get_resolver().url_patterns)
            if route.startswith("admin/") and view.name
        }
    )


def _walk(
    patterns: list[Any], prefix: str = "", namespaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, View]]:
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inside = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry.url_patterns, route, inside)
        elif isinstance(entry, URLPattern) and entry.name:
            named = tuple(sorted(entry.pattern.converters))
            groups = getattr(getattr(entry.pattern, "regex", None), "groups", 0)
            yield route, View(":".join((*namespaces, entry.name)), named, 0 if named else groups)


class Objects:
    """One object of each kind that an address may name."""

    def __init__(self, page: Page, person: User) -> None:
        self.page, self.person = page, person
        self.index = BlogIndexPage.objects.get()
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
        if view.name == "wagtailadmin_workflows:add_task":
            return {"app_label": "home", "model_name": "editorialreviewtask"}[argument]
        return self.named[argument]

    def _primary_key(self, name: str) -> Any:
        namespace = name.split(":", maxsplit=1)[0]
        if namespace.startswith(("wagtailsnippets_", "wagtailsnippetchoosers_")):
            _prefix, app_label, model = namespace.split("_")
            return apps.get_model(app_label, model).objects.order_by("pk").values_list("pk", flat=True)[0]
        return self.named[f"{namespace} pk"]

    def _named(self) -> dict[str, Any]:
        image, document = factories.ImageFactory(), factories.DocumentFactory()
        mission, site = factories.MissionFactory(), Site.objects.get()
        mission.author.save()
        state = TaskState.objects.get(workflow_state__object_id=str(self.page.pk))
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
            "app_name": "taggit",
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
            "document_id": document.pk,
            "doc_id": document.pk,
            "uploaded_file_id": self._uploaded_file(),
            "filter_spec": "max-100x100",
            "collection_id": Collection.get_first_root_node().pk,
            "redirect_id": Redirect.objects.create(old_path="/ancien", redirect_link="/nouveau").pk,
            "token": "set-password",
            "uidb64": "MQ",
            "wagtailadmin_api pk": self.page.pk,
            "wagtailadmin_collections pk": Collection.get_first_root_node().add_child(name="Affiches").pk,
            "wagtailadmin_workflows pk": state.workflow_state.workflow_id,
            "wagtailsettings pk": site.pk,
            "wagtailsites pk": site.pk,
            "wagtailusers_users pk": factories.volunteer().pk,
            "wagtailusers_groups pk": self.person.groups.values_list("pk", flat=True).first() or 1,
            "wagtaildocs_chooser pk": document.pk,
            "wagtailimages_chooser pk": image.pk,
        }

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
                file=SimpleUploadedFile("x.png", b"rien"), uploaded_by_user=self.person
            ).pk
        )
