"""Things to test with, under the tree, the groups and the closed lists that migrations made.

Pages are live by default, with a published revision, as if somebody had gone the whole way;
``live=False`` makes a draft.
"""

from __future__ import annotations

import datetime
from typing import Any

import factory
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Collection, Page

from blog.models import BlogIndexPage, BlogPostAuthor, BlogPostPage, BlogPostTheme
from home.models import Author, Document, HomePage, Image, Mission, Organisation, Session, StandardPage, User
from home.moderation.roles import ADMINISTRATORS, MODERATORS, REFERENTS, VOLUNTEERS
from practices.models import (
    ActorType,
    CollectionIndexPage,
    CollectionPage,
    PracticeActor,
    PracticeAuthor,
    PracticeIndexPage,
    PracticePage,
    PracticePublic,
    PracticeSource,
    PracticeTheme,
    PracticeType,
    Public,
    TerritoryIndexPage,
    TerritoryPage,
    Theme,
)
from practices.scales import ActorRole, State
from tests.documents import small_pdf

PASSWORD = "une phrase de passe"
BODY = [("paragraph", "<p>Le mardi, la salle ouvre à neuf heures.</p>")]
FRENCH = 1  # the only locale, made by Wagtail's own migration


class UserFactory(DjangoModelFactory):
    """An account without a role; see ``volunteer``, ``referent``, ``moderator``, ``administrator``."""

    email = factory.Sequence(lambda n: f"personne{n}@exemple.invalid")
    first_name = factory.Sequence(lambda n: f"Prénom{n}")
    last_name = "Exemple"

    class Meta:
        model = User

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        group = kwargs.pop("group", None)
        user = User.objects.create_user(kwargs.pop("email"), kwargs.pop("password", PASSWORD), **kwargs)
        if group:
            user.groups.add(Group.objects.get(name=group))
        return user


class AuthorFactory(DjangoModelFactory):
    user = None
    byline_kind = Author.Byline.PSEUDONYM
    pseudonym = factory.Sequence(lambda n: f"Plume {n}")
    locale_id = FRENCH

    class Meta:
        model = Author


class OrganisationFactory(DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Association {n}")
    slug = factory.Sequence(lambda n: f"association-{n}")
    locale_id = FRENCH

    class Meta:
        model = Organisation


class SessionFactory(DjangoModelFactory):
    """A session in its middle: a mission in it runs."""

    number = factory.Sequence(lambda n: 100 + n)
    theme = "Accueillir ensemble"
    start = factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=60))
    end = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=90))
    locale_id = FRENCH

    class Meta:
        model = Session


class ImageFactory(DjangoModelFactory):
    title = factory.Sequence(lambda n: f"Image {n}")
    description = "Une salle claire"
    people = "nobody"
    file = factory.django.ImageField(width=640, height=480)
    collection = factory.LazyFunction(Collection.get_first_root_node)

    class Meta:
        model = Image


class DocumentFactory(DjangoModelFactory):
    title = factory.Sequence(lambda n: f"Document {n}")
    file = factory.django.FileField(filename="compte-rendu.pdf", data=small_pdf())
    collection = factory.LazyFunction(Collection.get_first_root_node)

    class Meta:
        model = Document


class PlacedPageFactory(DjangoModelFactory):
    """Adds the page under ``parent`` (the first page of ``parent_model`` unless given), with a revision.

    Rows (``theme_links=[…]``) are unsaved objects; keywords that are no field of the page are relations.
    """

    class Meta:
        abstract = True

    parent: Page | None = None

    @classmethod
    def default_parent(cls) -> Page:
        raise NotImplementedError

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **kwargs: Any) -> Page:
        parent = kwargs.pop("parent") or cls.default_parent()
        live, tags = kwargs.pop("live", True), kwargs.pop("tags", [])
        relations = {relation.get_accessor_name() for relation in model_class._meta.related_objects}
        rows = {name: kwargs.pop(name) for name in list(kwargs) if name in relations}
        page = model_class(**kwargs, live=False, has_unpublished_changes=True)
        for name, children in rows.items():
            setattr(page, name, children)
        parent.add_child(instance=page)
        if tags:
            page.tags.add(*tags)
            page.save()
        revision = page.save_revision(user=page.owner)
        if live:
            revision.publish()
            page.refresh_from_db()
        return page


class StandardPageFactory(PlacedPageFactory):
    title = factory.Sequence(lambda n: f"Page simple {n}")
    introduction = "Ce que fait l’association."
    body = factory.LazyFunction(lambda: list(BODY))

    class Meta:
        model = StandardPage

    @classmethod
    def default_parent(cls) -> Page:
        return HomePage.objects.get()


class TerritoryPageFactory(PlacedPageFactory):
    title = factory.Sequence(lambda n: f"Ville {n}")
    introduction = "Une ville qui s’est engagée à accueillir."
    country = "BE"
    kind = "commune"
    latitude = 50.6326
    longitude = 5.5797
    body = factory.LazyFunction(lambda: list(BODY))

    class Meta:
        model = TerritoryPage

    @classmethod
    def default_parent(cls) -> Page:
        return TerritoryIndexPage.objects.get()


class MissionFactory(DjangoModelFactory):
    author = factory.SubFactory(AuthorFactory)
    session = factory.SubFactory(SessionFactory)
    territory = factory.LazyFunction(lambda: TerritoryPageFactory().page_ptr)
    organisation = factory.SubFactory(OrganisationFactory)

    class Meta:
        model = Mission


class PracticePageFactory(PlacedPageFactory):
    """A sheet with every mandatory field."""

    title = factory.Sequence(lambda n: f"Permanence juridique {n}")
    introduction = "Deux bénévoles et une juriste reçoivent chaque mardi, sans rendez-vous."
    territory = factory.SubFactory(TerritoryPageFactory)
    practice_type = factory.LazyFunction(lambda: PracticeType.objects.get(slug="service-guichet"))
    state = State.RUNNING
    state_date = "2022-03"
    state_source = "Rapport annuel de l’association"
    start = "2018"
    problem = "<p>Personne n’expliquait les courriers de la préfecture.</p>"
    body = factory.LazyFunction(lambda: list(BODY))
    limits = "<p>Tout repose sur deux personnes.</p>"
    checked_on = datetime.date(2022, 4, 1)
    checked_by = factory.SubFactory(AuthorFactory)
    author_links = factory.LazyAttribute(lambda sheet: [PracticeAuthor(author=sheet.checked_by)])
    theme_links = factory.LazyAttribute(
        lambda sheet: [PracticeTheme(theme=theme_called(slug)) for slug in sheet.themes]
    )
    public_links = factory.LazyFunction(
        lambda: [PracticePublic(public=Public.objects.get(slug="toute-personne"))]
    )
    actors = factory.LazyFunction(
        lambda: [
            PracticeActor(
                name="Association d’accueil",
                role=ActorRole.LEAD,
                actor_type=ActorType.objects.get(slug="association-locale"),
            )
        ]
    )
    sources = factory.LazyFunction(
        lambda: [PracticeSource(title="Rapport annuel", publisher="Association d’accueil", date="2022")]
    )

    class Meta:
        model = PracticePage

    class Params:
        themes = ["acces-aux-droits"]

    @classmethod
    def default_parent(cls) -> Page:
        return PracticeIndexPage.objects.get()


class BlogPostPageFactory(PlacedPageFactory):
    title = factory.Sequence(lambda n: f"Une journée au marché {n}")
    introduction = "Sept bonjours avant le premier café."
    date = datetime.date(2022, 3, 12)
    territory = factory.SubFactory(TerritoryPageFactory)
    body = factory.LazyFunction(lambda: list(BODY))
    author_links = factory.LazyFunction(lambda: [BlogPostAuthor(author=AuthorFactory())])
    theme_links = factory.LazyAttribute(
        lambda post: [BlogPostTheme(theme=theme_called(slug)) for slug in post.themes]
    )

    class Meta:
        model = BlogPostPage

    class Params:
        themes = ["culture-lien-social"]

    @classmethod
    def default_parent(cls) -> Page:
        return BlogIndexPage.objects.get()


class CollectionPageFactory(PlacedPageFactory):
    """A restitution; ``items`` are pairs of « page » and a page, or « comment » and a text."""

    title = factory.Sequence(lambda n: f"Ce que nous avons vu {n}")
    introduction = "Des textes de plusieurs territoires."
    opening = "<p>Une session, trois villes.</p>"

    class Meta:
        model = CollectionPage

    @classmethod
    def default_parent(cls) -> Page:
        return CollectionIndexPage.objects.get()


def theme_called(slug: str) -> Theme:
    """The theme of the closed list with this slug."""
    return Theme.objects.get(slug=slug)


def volunteer(territory: Page | None = None, **fields: Any) -> User:
    """A volunteer with a byline and a mission that runs: on *territory*, else on none that one can write for."""
    user: User = UserFactory(group=VOLUNTEERS, **fields)
    place = territory or TerritoryIndexPage.objects.get()
    MissionFactory(author=AuthorFactory(user=user), territory=place.page_ptr)
    return user


def referent(territory: Page | None = None, **fields: Any) -> User:
    """A référent·e, of *territory* when it is given."""
    user: User = UserFactory(group=REFERENTS, **fields)
    if territory is not None:
        user.referent_territories.add(territory.page_ptr)
    return user


def moderator(**fields: Any) -> User:
    user: User = UserFactory(group=MODERATORS, **fields)
    return user


def administrator(**fields: Any) -> User:
    user: User = UserFactory(group=ADMINISTRATORS, **fields)
    return user
