"""Tags of others' unpublished work stay out of what the admin suggests.

Wagtail suggests every tag there is, to everybody: the word somebody put on a draft, or on its photos.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import JsonResponse
from taggit.models import ItemBase, Tag, TaggedItem
from wagtail.admin.views.tags import TAGS_AUTOCOMPLETE_LIMIT
from wagtail.documents.views.documents import DocumentsFilterSet
from wagtail.documents.views.documents import IndexView as DocumentList
from wagtail.images.views import chooser
from wagtail.images.views.images import ImagesFilterSet
from wagtail.images.views.images import IndexView as ImageList
from wagtail.log_actions import registry as log_registry
from wagtail.models import Page

from home.media.models import Document, Image
from home.media.visibility import known_to
from home.moderation.permissions import is_editor
from home.moderation.visibility import visible_to
from home.people.accounts import SignedInRequest, User


def known_tags(user: User) -> QuerySet[Tag]:
    """The tags *user* may know of: those that an editor listed, and those of pages and files they may know of."""
    if is_editor(user):
        return Tag.objects.all()
    known = Q(pk__in=_listed_tags())
    for relation in Tag._meta.related_objects:
        model: Any = relation.related_model
        if issubclass(model, ItemBase) and issubclass(_tagged(model), Page):
            pages = Page.objects.filter(visible_to(user)).values("pk")
            rows: Any = model.objects
            known |= Q(pk__in=rows.filter(content_object__in=pages).values("tag"))
    for file_model in (Image, Document):
        keys = file_model.objects.filter(known_to(user, file_model)).values("pk")
        content_type = ContentType.objects.get_for_model(file_model)
        items = TaggedItem.objects.filter(content_type=content_type, object_id__in=keys)
        known |= Q(pk__in=items.values("tag"))
    return Tag.objects.filter(known)


def _listed_tags() -> QuerySet[Any]:
    """Primary keys of the tags made in the list of tags, which belongs to the editors."""
    entries = log_registry.get_log_model_for_model(Tag).objects.filter(
        content_type=ContentType.objects.get_for_model(Tag), action="wagtail.create"
    )
    return entries.annotate(key=Cast("object_id", BigIntegerField())).values("key")


def _tagged(through: Any) -> type:
    """The model that the rows of *through* put tags on; ``object`` where it may be any."""
    names = {field.name for field in through._meta.get_fields()}
    if "content_object" not in names:
        return object
    model: type | None = through._meta.get_field("content_object").related_model
    return model or object


def suggested_tags(request: SignedInRequest, **tag_model: str) -> JsonResponse:
    """The names of the tags that begin with what is being typed. (Takes the place of Wagtail's address.)"""
    term = request.GET.get("term", "")
    tags = known_tags(request.user).filter(name__istartswith=term) if term else Tag.objects.none()
    names = tags.order_by("name").values_list("name", flat=True)[:TAGS_AUTOCOMPLETE_LIMIT]
    return JsonResponse(list(names), safe=False)


class WithoutPopularTags:
    """For a list's filters: the most used tags of all files are for those who may know of all files."""

    def __init__(self, *args: Any, request: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)  # type: ignore[call-arg]
        if not is_editor(request.user):
            self.filters.pop("tag", None)  # type: ignore[attr-defined]


class ImageFilters(WithoutPopularTags, ImagesFilterSet):
    class Meta(ImagesFilterSet.Meta):
        pass


class DocumentFilters(WithoutPopularTags, DocumentsFilterSet):
    class Meta(DocumentsFilterSet.Meta):
        pass


class ImageChooseView(chooser.ImageChooseView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if not is_editor(self.request.user):
            context["popular_tags"] = []
        return context


def install() -> None:
    """Give Wagtail's lists and its image chooser our classes, before their addresses are made."""
    ImageList.filterset_class, DocumentList.filterset_class = ImageFilters, DocumentFilters
    chooser.viewset.choose_view_class = ImageChooseView
