"""One action, and a name stands nowhere any more: not in what is public, not in what is kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision, TaskState

from blog.models import BlogPostPage
from home.models import Author, Image, LegalSettings, User
from home.people.renaming import Replacement
from practices.models import PracticePage, TerritoryPage
from tests import factories
from tests.conftest import SignIn
from tests.people.missions import departed_volunteer
from tests.reviewing import decided, send_back

pytestmark = pytest.mark.django_db
NAME = "Inès Marchal"
NEW = "Ancien·ne volontaire"


class TestReplacing:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("Inès Marchal écrit.", "X écrit."),
            ("« Inès Marchal »", "« X »"),
            ("<p>Inès\n Marchal</p>", "<p>X</p>"),
            ("Inès\u00a0Marchal", "X"),
            ("Marchal Inès", "X"),
            ("Inès est venue, Marchal aussi.", "Inès est venue, Marchal aussi."),
            ("inès marchal", "inès marchal"),
            ("Inès Marchal-Petit", "Inès Marchal-Petit"),
            ("Inès Marchaland", "Inès Marchaland"),
            ("Marie-Inès Marchal", "Marie-Inès Marchal"),
        ],
    )
    def test_takes_the_whole_name_and_nothing_else(self, before: str, after: str) -> None:
        assert Replacement({"Inès Marchal", "Marchal Inès"}, "X").in_text(before) == after

    def test_minds_both_apostrophes_and_no_pattern_sign(self) -> None:
        replacement = Replacement({"Zoé O’Brien (x.*)"}, r"\1")

        assert replacement.in_text("Zoé O'Brien (x.*)") == "Zoé O'Brien (x.*)"[:0] + r"\1"

    def test_of_no_name_changes_nothing(self) -> None:
        assert Replacement({"", " "}, "X").in_text("du texte") == "du texte"

    def test_leaves_what_is_no_word(self) -> None:
        block = {"type": "Ortie", "id": "Ortie", "value": ["Ortie", 3, None]}

        assert Replacement({"Ortie"}, "X").in_value(block) == block | {"value": ["X", 3, None]}


@pytest.fixture
def person(territory: TerritoryPage) -> User:
    user = departed_volunteer(
        territory, email="ines.marchal@exemple.invalid", first_name="Inès", last_name="Marchal"
    )
    author = user.author()
    assert author is not None
    author.byline_kind, author.first_name, author.last_name = Author.Byline.FULL_NAME, "Inès", "Marchal"
    author.bio, author.pseudonym = "Inès, de Liège.", "Ortie"
    author.save()
    return user


@pytest.fixture
def author(person: User) -> Author:
    return Author.objects.get(user=person)


@pytest.fixture
def post(person: User, author: Author, territory: TerritoryPage) -> BlogPostPage:
    """A post that says the name in every kind of field, went through a review and was changed since."""
    page = factories.BlogPostPageFactory(
        title=f"{NAME} raconte",
        slug="un-recit",
        introduction=f"{NAME} au marché.",
        owner=person,
        territory=territory,
        live=False,
        author_links=[factories.BlogPostAuthor(author=author)],
        body=[
            ("heading", {"text": f"Avec {NAME}"}),
            ("paragraph", f"<p>Je m’appelle <b>{NAME}</b>, et Marchal Inès aux guichets.</p>"),
        ],
    )
    page.get_workflow().start(page, person)
    moderator = factories.moderator()
    decided(page, moderator, "reject", comment=f"Bravo {NAME} !")
    page = BlogPostPage.objects.get(pk=page.pk)
    page.current_workflow_state.resume(person)
    decided(page, moderator, "approve", comment=f"Merci {NAME}.")
    log(page, "wagtail.edit", user=person, data={"comment": {"text": f"de {NAME}"}})
    log(author, "wagtail.edit", user=moderator)
    page = BlogPostPage.objects.get(pk=page.pk)
    page.introduction = f"Encore {NAME}."
    page.save_revision(user=person)
    return BlogPostPage.objects.get(pk=page.pk)


def leave(client: Client, author: Author, **form: Any) -> Any:
    return client.post(reverse("leave", args=[author.pk]), {"pseudonym": NEW, **form}, follow=True)


def stored_anywhere(name: str) -> set[str]:
    """The tables and columns that hold *name*, as it is or escaped in JSON, or in JSON in JSON."""
    once = json.dumps(name)[1:-1]
    spellings = (name, once, json.dumps(once)[1:-1])
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                cells = zip(columns, map(str, row), strict=True)
                found |= {
                    f"{table}.{column}" for column, cell in cells if any(word in cell for word in spellings)
                }
    return found


class TestAfterwards:
    @pytest.fixture
    def left(self, sign_in: SignIn, author: Author, post: BlogPostPage) -> BlogPostPage:
        leave(sign_in(factories.moderator()), author)
        return BlogPostPage.objects.get(pk=post.pk)

    def test_the_name_is_stored_nowhere(self, left: BlogPostPage) -> None:
        assert stored_anywhere(NAME) == set()
        assert stored_anywhere("Marchal Inès") == set()

    def test_the_test_above_is_not_blind(self, post: BlogPostPage) -> None:
        assert {
            "wagtailcore_page.title",
            "blog_blogpostpage.body",
            "wagtailcore_revision.content",
            "wagtailcore_taskstate.comment",
            "wagtailcore_pagelogentry.label",
            "wagtailcore_pagelogentry.data",
            "wagtailcore_modellogentry.label",
            "home_decision.comment",
        } <= stored_anywhere(NAME)

    def test_the_public_pages_say_the_new_one(self, client: Client, left: BlogPostPage) -> None:
        for address in [
            left.url,
            "/blog/",
            "/blog/flux/",
            "/",
            "/recherche/?q=marche",
            Author.objects.get().url,
        ]:
            assert "Marchal" not in client.get(address).content.decode(), address
        assert NEW in client.get(left.url).content.decode()
        assert NEW in client.get("/blog/flux/").content.decode()

    def test_search_finds_nobody_under_the_old_name(self, client: Client, left: BlogPostPage) -> None:
        assert left.url not in client.get("/recherche/?q=marchal").content.decode()
        assert left.url in client.get("/recherche/?q=volontaire").content.decode()

    def test_the_text_itself_is_still_there(self, left: BlogPostPage) -> None:
        assert left.title == f"{NEW} raconte"
        assert left.live
        assert left.slug == "un-recit"
        assert f"<b>{NEW}</b>" in str(left.body)
        assert left.get_latest_revision_as_object().introduction == f"Encore {NEW}."

    def test_history_and_comparison_say_the_new_one(self, sign_in: SignIn, left: BlogPostPage) -> None:
        client = sign_in(factories.moderator())
        names = [
            "wagtailadmin_pages:history",
            "wagtailadmin_pages:edit",
            "wagtailadmin_pages:workflow_history",
        ]
        addresses = [reverse(name, args=[left.pk]) for name in names]
        compared = reverse("wagtailadmin_pages:revisions_compare", args=[left.pk, "earliest", "latest"])

        for address in [*addresses, compared, reverse("wagtailadmin_reports:site_history")]:
            page = client.get(address).content.decode()
            assert "Marchal" not in page, address
            assert "ines.marchal" not in page, address

    def test_the_old_address_is_gone(self, client: Client, left: BlogPostPage) -> None:
        assert client.get("/volontaires/ines-marchal/").status_code == 404
        assert client.get(Author.objects.get().url).status_code == 200
        assert Author.objects.get().slug == "ancienne-volontaire"

    def test_nothing_personal_is_left_in_byline_and_account(self, left: BlogPostPage, person: User) -> None:
        author = Author.objects.get()
        person.refresh_from_db()

        assert (author.first_name, author.last_name, author.bio, author.collective) == ("", "", "", "")
        assert author.byline == NEW
        assert "Marchal" not in f"{person.first_name} {person.last_name}"
        assert str(author.missions.get()).startswith(NEW)

    def test_it_was_logged_without_the_name(self, left: BlogPostPage, author: Author) -> None:
        entry = ModelLogEntry.objects.get(action="home.leave")

        assert entry.label == NEW
        assert entry.user is not None


def test_rows_images_and_old_versions_of_a_sheet_follow(
    sign_in: SignIn, author: Author, territory: TerritoryPage
) -> None:
    sheet = factories.PracticePageFactory(territory=territory, checked_by=author)
    source = sheet.sources.first()
    source.publisher = f"Enquête de {NAME}"
    source.save()
    sheet = PracticePage.objects.get(pk=sheet.pk)
    sheet.limits = f"<p>{NAME} le dit.</p>"
    sheet.save_revision().publish()
    factories.ImageFactory(title=f"Par {NAME}", credit=f"Photo : {NAME}", consent_people=f"{NAME}, amie")
    LegalSettings.objects.create(
        site_id=1 if not sheet.get_site() else sheet.get_site().pk, publisher_name=NAME
    )

    leave(sign_in(factories.moderator()), author)

    sheet = PracticePage.objects.get(pk=sheet.pk)
    assert sheet.sources.get().publisher == f"Enquête de {NEW}"
    assert sheet.limits == f"<p>{NEW} le dit.</p>"
    image = Image.objects.get()
    assert (image.title, image.credit) == (f"Par {NEW}", f"Photo : {NEW}")
    assert image.consent_people == f"{NAME}, amie"  # the proof of an agreement
    assert LegalSettings.objects.get().publisher_name == NAME  # who is responsible by law
    assert not any("Marchal" in json.dumps(revision.content) for revision in Revision.objects.all())


class TestThePseudonym:
    def test_is_replaced_in_texts_only_when_asked(
        self, sign_in: SignIn, author: Author, territory: TerritoryPage
    ) -> None:
        page = factories.BlogPostPageFactory(introduction="Ortie écrit.", slug="ortie", territory=territory)
        client = sign_in(factories.moderator())

        leave(client, author)
        page.refresh_from_db()
        assert page.introduction == "Ortie écrit."

        Author.objects.filter(pk=author.pk).update(pseudonym="Ortie")
        leave(client, author, replace_old_pseudonym="on", pseudonym="Une autre")
        page.refresh_from_db()
        assert page.introduction == "Une autre écrit."
        assert page.url_path.endswith("/ortie/")

    @pytest.mark.parametrize("pseudonym", ["", f"L’ex {NAME}", "x" * 81])
    def test_has_to_be_a_new_name(self, sign_in: SignIn, author: Author, pseudonym: str) -> None:
        answer = leave(sign_in(factories.moderator()), author, pseudonym=pseudonym)

        assert "pseudonym" in answer.context["form"].errors
        assert Author.objects.get().byline == NAME


class TestTheAccount:
    def test_is_closed_when_asked(self, sign_in: SignIn, author: Author, person: User) -> None:
        leave(sign_in(factories.moderator()), author, close_account="on")

        person.refresh_from_db()
        assert not person.is_active

    def test_is_offered_to_be_closed_once_the_missions_are_over(
        self, sign_in: SignIn, author: Author
    ) -> None:
        client, address = sign_in(factories.moderator()), reverse("leave", args=[author.pk])

        assert client.get(address).context["form"]["close_account"].value() is True
        factories.MissionFactory(author=author)
        assert client.get(address).context["form"]["close_account"].value() is False

    def test_of_oneself_stays_open_unless_asked(self, sign_in: SignIn, author: Author, person: User) -> None:
        client = sign_in(person)

        assert (
            client.get(reverse("leave", args=[author.pk])).context["form"]["close_account"].value() is False
        )
        leave(client, author)
        assert client.get(reverse("author_profile")).status_code == 200
        leave(client, author, pseudonym="Encore autre", close_account="on")
        assert client.get(reverse("author_profile")).status_code == 302

        person.refresh_from_db()
        assert not person.is_active


class TestWhoMay:
    def test_everybody_for_themselves(self, sign_in: SignIn, author: Author, person: User) -> None:
        client = sign_in(person)

        assert reverse("leave", args=[author.pk]) in client.get(reverse("author_profile")).content.decode()
        leave(client, author)

        assert Author.objects.get().byline == NEW

    @pytest.mark.parametrize("maker", [factories.volunteer, factories.referent])
    def test_no_writer_for_somebody_else(self, sign_in: SignIn, author: Author, maker: Any) -> None:
        leave(sign_in(maker()), author)

        author.refresh_from_db()
        assert author.byline == NAME

    def test_no_moderator_for_an_account_with_as_many_rights(self, sign_in: SignIn) -> None:
        for maker in (factories.administrator, factories.moderator):
            theirs = factories.AuthorFactory(user=maker(), pseudonym="Ronce")
            leave(sign_in(factories.moderator()), theirs, close_account="on")
            theirs.refresh_from_db()
            assert theirs.byline == "Ronce"

    def test_an_administrator_for_a_moderator_but_not_for_the_account_that_may_do_everything(
        self, sign_in: SignIn
    ) -> None:
        client = sign_in(factories.administrator())
        total = User.objects.create_superuser("total@exemple.invalid", factories.PASSWORD)
        theirs = [factories.AuthorFactory(user=user) for user in (factories.moderator(), total)]
        kept = theirs[1].byline

        for author in theirs:
            leave(client, author)
            author.refresh_from_db()

        assert [author.byline for author in theirs] == [NEW, kept]

    def test_moderators_find_it_in_the_list_and_on_the_byline(self, sign_in: SignIn, author: Author) -> None:
        client, address = sign_in(factories.moderator()), reverse("leave", args=[author.pk])

        for name, arguments in [("list", []), ("edit", [author.pk])]:
            page = client.get(reverse(f"wagtailsnippets_home_author:{name}", args=arguments))
            assert address in page.content.decode()


class TestTheConfirmation:
    def test_says_what_will_happen(self, sign_in: SignIn, author: Author, post: BlogPostPage) -> None:
        Page.objects.filter(pk=post.pk).update(slug="rencontre-avec-ines-marchal")

        page = sign_in(factories.moderator()).get(reverse("leave", args=[author.pk])).content.decode()

        assert "Un texte est signé" in page
        assert "Marchal Inès" in page
        assert "rencontre-avec-ines-marchal" in page

    def test_tells_a_volunteer_of_nobody_s_draft(
        self, sign_in: SignIn, author: Author, person: User, territory: TerritoryPage
    ) -> None:
        factories.BlogPostPageFactory(
            title="Secret", slug="ines-marchal", owner=factories.volunteer(territory), live=False
        )

        page = sign_in(person).get(reverse("leave", args=[author.pk])).content.decode()

        assert "Secret" not in page


def test_no_public_page_shows_an_address(client: Client, post: BlogPostPage, author: Author) -> None:
    for address in (
        post.url,
        "/blog/",
        "/blog/flux/",
        author.url,
        post.territory.url,
        "/pratiques/export.json",
    ):
        assert "exemple.invalid" not in b"".join(client.get(address)).decode()


def test_somebody_without_a_byline_is_not_found(sign_in: SignIn) -> None:
    assert sign_in(factories.moderator()).get(reverse("leave", args=[999_999])).status_code == 404


def test_a_rejected_text_shows_the_new_name_in_its_message(
    sign_in: SignIn, author: Author, person: User, territory: TerritoryPage
) -> None:
    page = factories.BlogPostPageFactory(owner=person, territory=territory, live=False)
    page.get_workflow().start(page, person)
    client = sign_in(factories.moderator())
    send_back(client, page, comment=f"{NAME}, un nom est de trop.")

    leave(client, author)

    assert not TaskState.objects.filter(comment__contains="Marchal").exists()
    assert not PageLogEntry.objects.filter(data__icontains="Marchal").exists()
